"""Hold a case and read its running clocks in one call: every move begins with both."""

from django.db import migrations

# Volatile: the clocks are read after the lock was granted, as the move before has left them. It steps around no lock.
HOLD = """
CREATE FUNCTION cases_hold(number bigint, OUT held cases_case, OUT running jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = public AS $$
BEGIN
    SELECT c.* INTO held FROM cases_case c WHERE c.id = number FOR UPDATE;
    IF FOUND THEN
        PERFORM set_config('gongzhi.case',
            array_append(NULLIF(current_setting('gongzhi.case', true), '')::bigint[], number)::text, true);
        SELECT COALESCE(jsonb_agg(d ORDER BY d.id), '[]') INTO running
        FROM cases_deadline d WHERE d.case_id = number AND d.stopped_at IS NULL;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_open_by_due")]
    operations = [migrations.RunSQL(HOLD, "DROP FUNCTION cases_hold(bigint)")]
