"""Words of published answers are found by pairs of signs, as those of titles are (`cases` migration 0007)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from gongzhi.kernel.lock.policies import acts_as, past_the_lock, protect

SYSTEM = acts_as("system")
# Pairs are of the week of the answer; of the text the beginning. A text that is taken out takes its pairs with it.
WORDS = """
CREATE FUNCTION hotline_pairs(title text, words text, week text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT cases_pairs(title || ' ' || left(words, 300), week)
$$;
CREATE FUNCTION hotline_keep_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    DELETE FROM hotline_publishedwords WHERE case_id = NEW.case_id;
    INSERT INTO hotline_publishedwords (case_id, region_code, category_id, replied_at, pairs)
    SELECT id, left(region_code, 9), category_id, NEW.replied_at, hotline_pairs(title, NEW.text, cases_week(NEW.replied_at))
    FROM cases_case WHERE id = NEW.case_id AND public AND NOT sealed AND NEW.text <> '';
    RETURN NULL;
END
$$;
CREATE TRIGGER keep_words AFTER INSERT OR UPDATE OF text, replied_at ON hotline_request
    FOR EACH ROW WHEN (NEW.replied_at IS NOT NULL) EXECUTE FUNCTION hotline_keep_words();
INSERT INTO hotline_publishedwords (case_id, region_code, category_id, replied_at, pairs)
    SELECT c.id, left(c.region_code, 9), c.category_id, r.replied_at, hotline_pairs(c.title, r.text, cases_week(r.replied_at))
    FROM hotline_request r JOIN cases_case c ON c.id = r.case_id
    WHERE c.public AND NOT c.sealed AND r.replied_at IS NOT NULL AND r.text <> '';
"""
FORGET = """
DROP TRIGGER keep_words ON hotline_request;
DROP FUNCTION hotline_keep_words();
DROP FUNCTION hotline_pairs(text, text, text);
"""
FOUND = """
CREATE FUNCTION hotline_published_found(
    words text[], low text, high text, categories bigint[], before_at timestamptz, before bigint, most integer
) RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    latest timestamptz := COALESCE(before_at, (SELECT max(replied_at) FROM hotline_publishedwords));
    week timestamp := date_trunc('week', latest AT TIME ZONE 'UTC');
    oldest timestamp := date_trunc('week', (SELECT min(replied_at) FROM hotline_publishedwords) AT TIME ZONE 'UTC');
    hits refcursor;
    hit bigint;
BEGIN
    WHILE week >= oldest AND most > 0 LOOP
        OPEN hits FOR SELECT w.case_id FROM hotline_publishedwords w
            WHERE w.pairs @> (
                SELECT array_agg(pair) FROM unnest(words) AS word, unnest(cases_pairs(word, to_char(week, 'IYIW'))) AS pair
            )
            AND (categories IS NULL OR w.category_id = ANY (categories))
            AND (low = '' OR w.region_code >= low AND w.region_code < high)
            AND (before_at IS NULL OR (w.replied_at, w.case_id) < (before_at, before))
            ORDER BY w.replied_at DESC, w.case_id DESC;
        LOOP
            FETCH hits INTO hit;
            EXIT WHEN NOT FOUND OR most = 0;
            IF EXISTS (
                SELECT FROM hotline_published p
                WHERE p.id = hit AND p.replied_at IS NOT NULL
                  AND NOT EXISTS (
                      SELECT FROM unnest(words) AS word
                      WHERE strpos(upper(p.title), upper(word)) = 0 AND strpos(upper(p.text), upper(word)) = 0
                  )
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
BACK = "DROP FUNCTION hotline_published_found(text[], text, text, bigint[], timestamptz, bigint, integer)"


class Migration(migrations.Migration):
    dependencies = [("hotline", "0006_published"), ("cases", "0007_words")]
    operations = [
        migrations.CreateModel(
            name='PublishedWords',
            fields=[
                ('case', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('region_code', models.CharField(db_collation='C', max_length=9)),
                ('category_id', models.BigIntegerField(null=True)),
                ('replied_at', models.DateTimeField()),
                ('pairs', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
            options={
                'verbose_name': '公开答复用字',
                'verbose_name_plural': '公开答复用字',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['pairs'], name='publishedwords_pairs'), models.Index(fields=['replied_at'], name='publishedwords_replied')],
            },
        ),
        migrations.RunSQL(WORDS, FORGET),
        migrations.RunSQL(FOUND, BACK),
        past_the_lock("hotline_keep_words()"),
        past_the_lock("hotline_published_found(text[], text, text, bigint[], timestamptz, bigint, integer)"),
        protect("hotline_publishedwords", SYSTEM, inserted=SYSTEM),
    ]
