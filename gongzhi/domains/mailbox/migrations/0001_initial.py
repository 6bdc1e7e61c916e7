"""Letters behind the second lock; mailboxes are a list that everybody reads and the keeper of their region changes."""

import django.db.models.deletion
from django.db import migrations, models

from gongzhi.kernel.lock.policies import acts_as, kept_by, of_case, protect

KEPT = f"""
ALTER TABLE mailbox_office ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON mailbox_office FOR SELECT USING (true);
CREATE POLICY added ON mailbox_office FOR INSERT WITH CHECK ({kept_by()});
CREATE POLICY changed ON mailbox_office FOR UPDATE USING ({kept_by()});
CREATE POLICY forgotten ON mailbox_office FOR DELETE USING ({acts_as("system")});
"""
OPEN = """
DROP POLICY seen ON mailbox_office;
DROP POLICY added ON mailbox_office;
DROP POLICY changed ON mailbox_office;
DROP POLICY forgotten ON mailbox_office;
ALTER TABLE mailbox_office DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0015_what_waits'),
        ('organisations', '0002_business'),
        ('lock', '0004_accounts_by_area'),
    ]

    operations = [
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=40)),
                ('region_code', models.CharField(db_collation='C', max_length=15)),
                ('about', models.CharField(blank=True, max_length=300)),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'verbose_name': '信箱',
                'verbose_name_plural': '信箱',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='letter', serialize=False, to='cases.case')),
                ('text', models.TextField()),
                ('place', models.CharField(blank=True, max_length=120)),
                ('complained_of', models.CharField(blank=True, max_length=120)),
                ('may_publish', models.BooleanField(default=False)),
                ('leave_changed_at', models.DateTimeField(null=True)),
                ('reply', models.TextField(blank=True)),
                ('replied_at', models.DateTimeField(null=True)),
                ('grade', models.SmallIntegerField(choices=[(5, '非常满意'), (4, '满意'), (3, '基本满意'), (2, '不满意'), (1, '非常不满意')], null=True)),
                ('grade_words', models.TextField(blank=True)),
                ('rated_at', models.DateTimeField(null=True)),
                ('supervised_at', models.DateTimeField(null=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailbox.office')),
            ],
            options={
                'verbose_name': '来信',
                'verbose_name_plural': '来信',
            },
        ),
        migrations.AddIndex(
            model_name='office',
            index=models.Index(fields=['region_code'], name='mailbox_office_region'),
        ),
        protect('mailbox_letter', of_case('mailbox_letter'), inserted=of_case('mailbox_letter')),
        migrations.RunSQL(KEPT, OPEN),
    ]
