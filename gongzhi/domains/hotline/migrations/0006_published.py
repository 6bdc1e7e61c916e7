"""Everybody reads what is published through views of a few columns; the tables behind them stay shut."""

from django.db import migrations, models

from gongzhi.kernel.lock.policies import SOMEBODY, WEB, of_case

# The function of migration 0004 stays for servers of the version before; a later release drops it.
VIEWS = f"""
CREATE VIEW hotline_published AS
    SELECT c.id, c.procedure, c.version, c.stage, c.title, r.text, r.reply, r.replied_at, c.opened_at,
           c.closed_at IS NOT NULL AS is_closed, r.grade, left(c.region_code, 9) COLLATE "C" AS region_code,
           c.category_id, c.unit_id
    FROM hotline_request r JOIN cases_case c ON c.id = r.case_id
    WHERE c.public AND NOT c.sealed;
CREATE VIEW hotline_publishedlot AS
    SELECT d.id, d.draw_id, d.case_id AS number_drawn, d.position
    FROM hotline_drawn d JOIN hotline_draw w ON w.id = d.draw_id JOIN cases_case c ON c.id = d.case_id
    WHERE w.drawn_at IS NOT NULL AND c.against_unit_id IS NULL AND c.against_account_id IS NULL;
REVOKE INSERT, UPDATE, DELETE ON hotline_published, hotline_publishedlot FROM {WEB};
"""

BACK = """
DROP VIEW hotline_published, hotline_publishedlot;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0005_shut_functions"),
        ("cases", "0006_shut_functions"),
        ("organisations", "0001_initial"),
        ("lock", "0003_published_is_not_open"),
    ]
    operations = [
        migrations.CreateModel(
            name='Published',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('procedure', models.CharField(max_length=80)),
                ('version', models.CharField(max_length=20)),
                ('stage', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField()),
                ('reply', models.TextField()),
                ('replied_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('is_closed', models.BooleanField()),
                ('grade', models.SmallIntegerField(choices=[(5, '非常满意'), (4, '满意'), (3, '基本满意'), (2, '不满意'), (1, '非常不满意')], null=True)),
                ('region_code', models.CharField(db_collation='C', max_length=9)),
            ],
            options={
                'verbose_name': '公开的诉求',
                'verbose_name_plural': '公开的诉求',
                'db_table': 'hotline_published',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedLot',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('number_drawn', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'verbose_name': '公示的抽中编号',
                'verbose_name_plural': '公示的抽中编号',
                'db_table': 'hotline_publishedlot',
                'managed': False,
            },
        ),
        migrations.RunSQL(VIEWS, BACK),
        migrations.RunSQL(
            f"ALTER POLICY added ON hotline_request WITH CHECK ({of_case('hotline_request')})",
            f"ALTER POLICY added ON hotline_request WITH CHECK ({SOMEBODY})",
        ),
    ]
