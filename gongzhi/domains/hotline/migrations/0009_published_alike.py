"""Published answers that have some of the words of a new request: a bounded look into the weeks before."""

from django.db import migrations

from gongzhi.kernel.lock.policies import past_the_lock

SIGNATURE = "hotline_published_alike(text[], text, text, timestamptz, integer, integer)"
# Of a word that very many answers of a week have, some are enough: it says little. The planner must not read the table instead
# of the index for those few.
ALIKE = """
CREATE FUNCTION hotline_published_alike(
    words text[], low text, high text, latest timestamptz, weeks integer, most integer
) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET enable_seqscan = off AS $$
    SELECT hit.case_id
    FROM generate_series(0, weeks - 1) AS back, unnest(words) AS word, LATERAL (
        SELECT w.case_id, w.region_code FROM hotline_publishedwords w
        WHERE w.pairs @> cases_pairs(word, cases_week(latest - back * interval '1 week'))
        LIMIT 100
    ) AS hit
    WHERE hit.region_code >= low AND hit.region_code < high
    GROUP BY hit.case_id HAVING count(*) > 1
    ORDER BY count(*) DESC, hit.case_id DESC LIMIT most
$$;
"""
BACK = f"DROP FUNCTION {SIGNATURE}"


class Migration(migrations.Migration):
    dependencies = [("hotline", "0008_names_somebody")]
    operations = [migrations.RunSQL(ALIKE, BACK), past_the_lock(SIGNATURE)]
