"""Published answers like a new request are looked up in its county alone: a mark of week and county stands among the pairs of signs."""

from importlib import import_module

from django.db import migrations

from gongzhi.kernel.lock.policies import past_the_lock

SIGNATURE = "hotline_published_near(text[], text, timestamptz, integer, integer)"
# So far as anybody looks back it is marked now; of older answers nobody asks for likes.
MARK = """
CREATE FUNCTION hotline_county_mark(region text, week text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT week || left(region, 6)
$$;
CREATE FUNCTION hotline_mark_county() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.pairs := NEW.pairs || hotline_county_mark(NEW.region_code, cases_week(NEW.replied_at));
    RETURN NEW;
END
$$;
CREATE TRIGGER mark_county BEFORE INSERT ON hotline_publishedwords
    FOR EACH ROW EXECUTE FUNCTION hotline_mark_county();
UPDATE hotline_publishedwords SET pairs = pairs || hotline_county_mark(region_code, cases_week(replied_at))
    WHERE replied_at > now() - interval '15 weeks';
"""
UNMARK = """
DROP TRIGGER mark_county ON hotline_publishedwords;
DROP FUNCTION hotline_mark_county();
DROP FUNCTION hotline_county_mark(text, text);
"""
# Of a word that very many answers have, the function of migration 0009 read a hundred of a week's, wherever in the province they
# were, and most lay in other counties.
NEAR = """
CREATE FUNCTION hotline_published_near(
    words text[], county text, latest timestamptz, weeks integer, most integer
) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET enable_seqscan = off AS $$
    SELECT hit.case_id
    FROM generate_series(0, weeks - 1) AS back, cases_week(latest - back * interval '1 week') AS week, unnest(words) AS word,
    LATERAL (
        SELECT w.case_id FROM hotline_publishedwords w
        WHERE w.pairs @> (cases_pairs(word, week) || hotline_county_mark(county, week))
        LIMIT 100
    ) AS hit
    GROUP BY hit.case_id HAVING count(*) > 1
    ORDER BY count(*) DESC, hit.case_id DESC LIMIT most
$$;
"""
FAR = f"DROP FUNCTION {SIGNATURE}"
BEFORE = import_module("gongzhi.domains.hotline.migrations.0009_published_alike")


class Migration(migrations.Migration):
    dependencies = [("hotline", "0010_no_search_in_all_texts")]
    operations = [
        migrations.RunSQL(MARK, UNMARK),
        migrations.RunSQL(NEAR, FAR),
        past_the_lock(SIGNATURE),
        migrations.RunSQL(BEFORE.BACK, [BEFORE.ALIKE, past_the_lock(BEFORE.SIGNATURE).sql]),
    ]
