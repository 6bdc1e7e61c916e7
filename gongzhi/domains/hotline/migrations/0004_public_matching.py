"""Find public requests by words past the second lock: what everybody may read needs no comparing row by row."""

from django.db import migrations

MATCHING = """
CREATE FUNCTION hotline_public_matching(
    words text, low text, high text, categories bigint[], before_at timestamptz, before bigint, most integer
) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT r.case_id FROM hotline_request r JOIN cases_case c ON c.id = r.case_id
    WHERE c.public AND NOT c.sealed AND r.replied_at IS NOT NULL
      AND (strpos(upper(c.title), upper(words)) > 0 OR strpos(upper(r.text), upper(words)) > 0)
      AND (low = '' OR c.region_code >= low AND c.region_code < high)
      AND (categories IS NULL OR c.category_id = ANY (categories))
      AND (before_at IS NULL OR (r.replied_at, r.case_id) < (before_at, before))
    ORDER BY r.replied_at DESC, r.case_id DESC LIMIT most
$$;
"""
FORGET = "DROP FUNCTION hotline_public_matching(text, text, text, bigint[], timestamptz, bigint, integer)"


class Migration(migrations.Migration):
    dependencies = [("hotline", "0003_complained_of")]
    operations = [migrations.RunSQL(MATCHING, FORGET)]
