"""The pairs of signs of each title, in a table of their own, so that words are found without reading titles.

A word of Chinese has no blanks around it; pairs of signs find it wherever it stands (engineering: a bigram array with
GIN). Each pair is written with the week of the case, so that the newest week is looked at first and a frequent word
costs no more than a rare one. The table never changes while a case moves.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from gongzhi.kernel.lock.policies import OF_CASES, acts_as, number, past_the_lock, protect, setting

SYSTEM = acts_as("system")
WORDS = """
CREATE FUNCTION cases_week(at timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_char(at AT TIME ZONE 'UTC', 'IYIW')
$$;
CREATE FUNCTION cases_pairs(words text, week text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(array_agg(DISTINCT week || substr(upper(words), i, 2)), '{}')
    FROM generate_series(1, length(words) - 1) AS i
$$;
CREATE FUNCTION cases_keep_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO cases_titlewords (case_id, region_code, opened_at, pairs)
    VALUES (NEW.id, NEW.region_code, NEW.opened_at, cases_pairs(NEW.title, cases_week(NEW.opened_at)))
    ON CONFLICT (case_id) DO UPDATE SET pairs = EXCLUDED.pairs;
    RETURN NULL;
END
$$;
CREATE TRIGGER keep_words AFTER INSERT OR UPDATE OF title ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_keep_words();
INSERT INTO cases_titlewords (case_id, region_code, opened_at, pairs)
    SELECT id, region_code, opened_at, cases_pairs(title, cases_week(opened_at)) FROM cases_case;
"""
FORGET = """
DROP TRIGGER keep_words ON cases_case;
DROP FUNCTION cases_keep_words();
DROP FUNCTION cases_pairs(text, text);
DROP FUNCTION cases_week(timestamptz);
"""
# The function of migration 0005 stays for servers of the version before; a later release drops it.
# An official's area is the announced one; of who has none, that of their unit. What lies within is then decided by the
# policy of the cases itself, matter for matter. Words are looked for week by week from the newest, until there are enough;
# their pairs leave so few that the index of places would only cost (hence `|| ''`). Without words a township is read by that
# index, and more than a township by the days.
FOUND = f"""
CREATE FUNCTION cases_found(
    words text[], domains text[], places text[], units bigint[], most integer, furthest integer
) RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    from_code text := COALESCE({setting("low")}, '');
    to_code text := COALESCE({setting("high")}, '');
    week timestamp := date_trunc('week', (SELECT max(opened_at) FROM cases_titlewords) AT TIME ZONE 'UTC');
    oldest timestamp := date_trunc('week', (SELECT min(opened_at) FROM cases_titlewords) AT TIME ZONE 'UTC');
    wanted text[];
    hits refcursor;
    hit bigint;
    looked integer := 0;
BEGIN
    IF {SYSTEM} THEN
        to_code := '~';
    ELSIF from_code = '' THEN
        SELECT u.region_id, u.region_id || '~' INTO from_code, to_code FROM organisations_unit u
        WHERE u.id = {number("unit")};
    END IF;
    IF cardinality(places) = 1 THEN
        from_code := GREATEST(from_code, places[1] COLLATE "C");
        to_code := LEAST(to_code, (places[1] || '~') COLLATE "C");
    END IF;
    WHILE week >= oldest AND most > 0 LOOP
        IF cardinality(words) > 0 THEN
            SELECT array_agg(pair) INTO wanted
            FROM unnest(words) AS word, unnest(cases_pairs(word, to_char(week, 'IYIW'))) AS pair;
            OPEN hits FOR SELECT w.case_id FROM cases_titlewords w
                WHERE w.pairs @> wanted AND w.region_code || '' >= from_code AND w.region_code || '' < to_code
                ORDER BY w.opened_at DESC, w.case_id DESC;
        ELSIF length(from_code) > 6 THEN
            week := oldest;
            OPEN hits FOR SELECT w.case_id FROM cases_titlewords w
                WHERE w.region_code >= from_code AND w.region_code < to_code
                ORDER BY w.opened_at DESC, w.case_id DESC LIMIT furthest + 1;
        ELSE
            week := oldest;
            OPEN hits FOR SELECT w.case_id FROM cases_titlewords w
                WHERE w.region_code || '' >= from_code AND w.region_code || '' < to_code
                ORDER BY w.opened_at DESC LIMIT furthest + 1;
        END IF;
        LOOP
            FETCH hits INTO hit;
            EXIT WHEN NOT FOUND OR most = 0;
            looked := looked + 1;
            IF looked > furthest THEN
                RETURN NEXT NULL;  -- there may be more
                RETURN;
            END IF;
            IF EXISTS (
                SELECT FROM cases_case
                WHERE id = hit AND split_part(procedure, '.', 1) = ANY (domains) AND ({OF_CASES})
                  AND (units IS NULL OR unit_id = ANY (units))
                  AND (places IS NULL OR EXISTS (SELECT FROM unnest(places) AS place WHERE starts_with(region_code, place)))
                  AND NOT EXISTS (SELECT FROM unnest(words) AS word WHERE strpos(upper(title), upper(word)) = 0)
            ) THEN
                RETURN NEXT hit;
                most := most - 1;
            END IF;
        END LOOP;
        CLOSE hits;
        week := week - interval '1 week';
    END LOOP;
END
$$;
"""
BACK = "DROP FUNCTION cases_found(text[], text[], text[], bigint[], integer, integer)"


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_shut_functions"), ("lock", "0003_published_is_not_open")]
    operations = [
        migrations.CreateModel(
            name='TitleWords',
            fields=[
                ('case', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('region_code', models.CharField(db_collation='C', max_length=15)),
                ('opened_at', models.DateTimeField()),
                ('pairs', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
            options={
                'verbose_name': '标题用字',
                'verbose_name_plural': '标题用字',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['pairs'], name='titlewords_pairs'), models.Index(fields=['region_code'], name='titlewords_region'), models.Index(fields=['opened_at'], name='titlewords_opened')],
            },
        ),
        migrations.RunSQL(WORDS, FORGET),
        migrations.RunSQL(FOUND, BACK),
        past_the_lock("cases_keep_words()"),
        past_the_lock("cases_found(text[], text[], text[], bigint[], integer, integer)"),
        protect("cases_titlewords", SYSTEM, inserted=SYSTEM),
    ]
