"""Forgetting looks at the calendar itself: no row younger than the legal period goes, nor one signed more recently.

What counts is the signed time of the first checkpoint that covers a row, which the verifier compares too. Three years
are 1,095 days here, at the least; the declared period (kernel/retention/periods.py) goes by the calendar. Five minutes
are for clocks that differ.
"""

from django.db import migrations

FORGET = """
CREATE OR REPLACE FUNCTION audit_forget(before timestamptz, actions text[], most integer) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE forgotten bigint[]; ranges jsonb;
BEGIN
    IF before IS NULL OR before > now() - interval '1095 days' + interval '5 minutes' THEN
        RAISE EXCEPTION 'rows of the audit record are kept three years: % is too young to forget before it', before;
    END IF;
    SELECT array_agg(index ORDER BY index) INTO forgotten FROM (
        SELECT l.index FROM audit_entry e JOIN audit_leaf l ON l.entry_id = e.id
        WHERE e.at < before AND e.action <> 'audit.forgotten' AND (actions IS NULL OR e.action = ANY (actions))
          AND l.index < (SELECT coalesce(max(size), 0) FROM audit_checkpoint WHERE at < before)
        ORDER BY l.index LIMIT most) due;
    IF forgotten IS NULL THEN RETURN 0; END IF;
    SELECT jsonb_agg(jsonb_build_array(low, high) ORDER BY low) INTO ranges FROM (
        SELECT min(i) AS low, max(i) AS high FROM (
            SELECT i, i - row_number() OVER (ORDER BY i) AS island FROM unnest(forgotten) AS i) numbered
        GROUP BY island) runs;
    PERFORM set_config('gongzhi.audit_forget', pg_current_xact_id()::text, true);
    DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_leaf WHERE index = ANY (forgotten));
    PERFORM set_config('gongzhi.audit_forget', '', true);
    INSERT INTO audit_entry (at, action, role, region_code, subject, purpose, details)
    VALUES (now(), 'audit.forgotten', 'system', '', '', '',
            jsonb_build_object('ranges', ranges, 'count', cardinality(forgotten), 'before', before));
    RETURN cardinality(forgotten);
END $$;
REVOKE ALL ON FUNCTION audit_forget(timestamptz, text[], integer) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_sealing")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
