"""An administrator changes accounts, posts, units and lists of their own area alone: twin of `access.keeping`."""

from django.db import migrations

from gongzhi.kernel.lock.policies import SOMEBODY, acts_as, kept_by, number, setting

ADMINISTRATOR = acts_as("administrator")
EVERYTHING = f"{setting('keeps_high')} = '~'"
THEIRS = f"id = {number('account')} OR username = NULLIF({setting('username')}, '')"
OFFICIAL = "person_id IS NULL"
SEEN = f"""
    {THEIRS} OR {acts_as("system")}
    OR {OFFICIAL} AND {SOMEBODY} AND NOT {acts_as("visitor", "citizen")}
    OR {ADMINISTRATOR} AND {EVERYTHING}
"""
CHANGED = f"""
    {THEIRS} OR {acts_as("system")}
    OR {ADMINISTRATOR}
       AND ({EVERYTHING} OR {OFFICIAL} AND NOT is_administrator AND lock_keeps_account(id, region_code))
"""
ADDED = f"""
    {acts_as("system")}
    OR {ADMINISTRATOR} AND ({EVERYTHING} OR {OFFICIAL} AND NOT is_administrator AND {kept_by()})
"""
OF_OTHERS = f"{ADMINISTRATOR} AND account_id <> {number('account')}"  # nobody gives themselves a post
POST_CHANGED = f"""
    {acts_as("system")} OR {OF_OTHERS} AND ({EVERYTHING} OR lock_keeps_post(region_code, unit_id))
"""
POST_ADDED = f"""
    {acts_as("system")} OR {OF_OTHERS} AND ({EVERYTHING} OR lock_keeps_post(region_code, unit_id)
        AND EXISTS (SELECT FROM people_account a WHERE a.id = account_id AND a.person_id IS NULL
            AND NOT a.is_administrator AND lock_keeps_account(a.id, a.region_code)))
"""
# They ask as whoever asks. What is unset compares to NULL: IS TRUE and IS NOT TRUE keep the lock shut.
KEEPS = f"""
CREATE FUNCTION lock_keeps(code text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (code COLLATE "C" >= {setting("keeps_low")} AND code COLLATE "C" < {setting("keeps_high")}) IS TRUE
$$;
CREATE FUNCTION lock_keeps_post(code text, unit bigint) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public AS $$
BEGIN
    RETURN lock_keeps(code) AND (unit IS NULL OR EXISTS (
        SELECT FROM organisations_unit WHERE id = unit AND lock_keeps(region_id)));
END
$$;
CREATE FUNCTION lock_keeps_account(number bigint, made_in text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public AS $$
DECLARE
    lasting boolean;  -- whether those of its posts that count are such as are held now or later
    inside boolean;
BEGIN
    SELECT valid_to IS NULL OR valid_to >= (now() AT TIME ZONE 'Asia/Shanghai')::date,
        bool_and(lock_keeps_post(region_code, unit_id))
    INTO lasting, inside
    FROM people_post WHERE account_id = number GROUP BY 1 ORDER BY 1 DESC LIMIT 1;
    RETURN CASE WHEN lasting IS NULL THEN lock_keeps(made_in) ELSE inside END;
END
$$;
CREATE FUNCTION people_post_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a post stays with its account: end it and give another' USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER people_post_stays BEFORE UPDATE OF account_id ON people_post
FOR EACH ROW WHEN (OLD.account_id <> NEW.account_id) EXECUTE FUNCTION people_post_stays();
ALTER POLICY seen ON people_account USING ({SEEN});
ALTER POLICY added ON people_account WITH CHECK ({ADDED});
ALTER POLICY changed ON people_account USING ({CHANGED}) WITH CHECK ({CHANGED});
ALTER POLICY added ON people_post WITH CHECK ({POST_ADDED});
ALTER POLICY changed ON people_post USING ({POST_CHANGED}) WITH CHECK ({POST_CHANGED});
"""
FORMER = f"""
    {THEIRS} OR {acts_as("system", "administrator")}
    OR {OFFICIAL} AND {SOMEBODY} AND NOT {acts_as("visitor", "citizen")}
"""
LOOSE = f"""
ALTER POLICY seen ON people_account USING ({FORMER});
ALTER POLICY added ON people_account WITH CHECK ({SOMEBODY});
ALTER POLICY changed ON people_account USING ({FORMER}) WITH CHECK ({SOMEBODY});
ALTER POLICY added ON people_post WITH CHECK ({SOMEBODY});
ALTER POLICY changed ON people_post USING ({SOMEBODY}) WITH CHECK ({SOMEBODY});
DROP TRIGGER people_post_stays ON people_post;
DROP FUNCTION people_post_stays(), lock_keeps_account(bigint, text), lock_keeps_post(text, bigint), lock_keeps(text);
"""


def kept_list(table: str) -> migrations.RunSQL:
    """Return the migration that lets everybody read a list of an area, and its keeper alone write; its owner may."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY seen ON {table} FOR SELECT USING (true);
        CREATE POLICY added ON {table} FOR INSERT WITH CHECK ({kept_by("region_id")});
        CREATE POLICY changed ON {table} FOR UPDATE USING ({kept_by("region_id")});
        CREATE POLICY forgotten ON {table} FOR DELETE USING ({acts_as("system")});
        """,
        f"""
        DROP POLICY seen ON {table};
        DROP POLICY added ON {table};
        DROP POLICY changed ON {table};
        DROP POLICY forgotten ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("lock", "0003_published_is_not_open"),
        ("organisations", "0002_business"),
        ("people", "0007_where_made"),
    ]
    operations = [
        migrations.RunSQL(KEEPS, LOOSE),
        kept_list("organisations_unit"),
        kept_list("organisations_responsibility"),
        kept_list("organisations_localvalue"),
    ]
