"""The sealed log: leaves, nodes and signed checkpoints that the database lets grow only, and what rows need for it.

`xid` is the transaction that wrote the row, by which the sealer knows that it is over; `salt` hides what a leaf says.
"""

from django.db import migrations, models

COLUMNS = """
ALTER TABLE audit_entry
    ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD COLUMN salt uuid NOT NULL DEFAULT gen_random_uuid();
CREATE INDEX audit_by_transaction ON audit_entry (xid, id);
"""
WITHOUT = "ALTER TABLE audit_entry DROP COLUMN xid, DROP COLUMN salt;"

# Forgetting after the legal period: the owner alone, through audit_forget, which leaves its own row.
GUARD = """
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_entry'
       AND current_setting('gongzhi.audit_forget', true) = pg_current_xact_id()::text
       AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the audit record is append-only';
END
$$;
ALTER FUNCTION audit_is_append_only() SET search_path = pg_catalog, public;
"""
UNGUARD = """
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit record is append-only';
END
$$;
"""
TABLES = ("audit_leaf", "audit_node", "audit_checkpoint")
GROW_ONLY = "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""
    for table in TABLES
) + "".join(
    f"""
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""
    for table in ("audit_entry", *TABLES)
)
FREE = "".join(f"DROP TRIGGER append_only ON {table};" for table in TABLES) + "".join(
    f"DROP TRIGGER no_truncate ON {table};" for table in ("audit_entry", *TABLES)
)

# audit_forget(before, actions, most): forget sealed rows older than `before`, of these actions (NULL: all), and
# record which leaves lost their row. Returns how many. The leaves stay, so every proof still holds.
FORGET = """
CREATE FUNCTION audit_forget(before timestamptz, actions text[], most integer) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE forgotten bigint[]; ranges jsonb;
BEGIN
    SELECT array_agg(index ORDER BY index) INTO forgotten FROM (
        SELECT l.index FROM audit_entry e JOIN audit_leaf l ON l.entry_id = e.id
        WHERE e.at < before AND e.action <> 'audit.forgotten' AND (actions IS NULL OR e.action = ANY (actions))
          AND l.index < (SELECT coalesce(max(size), 0) FROM audit_checkpoint)
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
# The worker adds; nobody but the owner could do more, and the triggers stand in the owner's way too.
GRANT = """
GRANT SELECT, INSERT ON audit_leaf, audit_node, audit_checkpoint TO gongzhi_web;
GRANT SELECT, INSERT, UPDATE ON audit_sealing TO gongzhi_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO gongzhi_web;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_leaf, audit_node, audit_checkpoint FROM gongzhi_web;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_administrators_changes"), ("lock", "0002_kernel_tables")]

    operations = [
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.BigIntegerField(unique=True)),
                ("hash", models.BinaryField()),
            ],
            options={"verbose_name": "封存的审计记录", "verbose_name_plural": "封存的审计记录"},
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("floor", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "verbose_name": "校验树节点",
                "verbose_name_plural": "校验树节点",
                "constraints": [models.UniqueConstraint(fields=["floor", "index"], name="audit_node_once")],
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("number", models.BigIntegerField(db_column="id", primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("signature", models.BinaryField()),
                ("public_key", models.BinaryField()),
            ],
            options={"verbose_name": "校验点", "verbose_name_plural": "校验点"},
        ),
        migrations.CreateModel(
            name="Sealing",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("hash_name", models.CharField(max_length=10)),
                ("home", models.CharField(blank=True, max_length=60)),
                ("below", models.CharField(default="0", max_length=20)),
            ],
            options={"verbose_name": "封存进度", "verbose_name_plural": "封存进度"},
        ),
        migrations.RunSQL(COLUMNS, WITHOUT),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(GROW_ONLY, FREE),
        migrations.RunSQL(FORGET, "DROP FUNCTION audit_forget(timestamptz, text[], integer);"),
        migrations.RunSQL(GRANT, migrations.RunSQL.noop),
    ]
