"""What is shown of letters: words of the office's own making, read by everybody through a view of a few columns."""

import django.db.models.deletion
from django.db import migrations, models

from gongzhi.kernel.lock.policies import WEB, of_case, protect

VIEW = f"""
CREATE VIEW mailbox_published AS
    SELECT p.case_id AS id, l.office_id, c.unit_id, left(c.region_code, 9) COLLATE "C" AS region_code,
           p.title, p.text, p.reply, l.replied_at
    FROM mailbox_publication p JOIN mailbox_letter l ON l.case_id = p.case_id JOIN cases_case c ON c.id = p.case_id
    WHERE p.taken_down_at IS NULL AND p.text <> '' AND l.may_publish AND l.replied_at IS NOT NULL AND NOT c.sealed
      AND c.against_unit_id IS NULL AND c.against_account_id IS NULL;
REVOKE INSERT, UPDATE, DELETE ON mailbox_published FROM {WEB};
"""


class Migration(migrations.Migration):
    dependencies = [("mailbox", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='letter_publication', serialize=False, to='cases.case')),
                ('title', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('reply', models.TextField()),
                ('checked_by', models.CharField(max_length=80)),
                ('checked_at', models.DateTimeField()),
                ('taken_down_at', models.DateTimeField(null=True)),
                ('taken_down_why', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name': '公开的来信',
                'verbose_name_plural': '公开的来信',
            },
        ),
        migrations.CreateModel(
            name='Published',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('region_code', models.CharField(db_collation='C', max_length=9)),
                ('title', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('reply', models.TextField()),
                ('replied_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '公开的来信（公众）',
                'verbose_name_plural': '公开的来信（公众）',
                'db_table': 'mailbox_published',
                'managed': False,
            },
        ),
        protect(
            'mailbox_publication', of_case('mailbox_publication'), inserted=of_case('mailbox_publication')
        ),
        migrations.RunSQL(VIEW, "DROP VIEW mailbox_published"),
    ]
