"""Hot issues as rows behind the second lock: read within one's area, written by the platform itself."""

import django.contrib.postgres.fields
from django.db import migrations, models

from gongzhi.kernel.lock.policies import acts_as, protect, within

SYSTEM = acts_as("system")


class Migration(migrations.Migration):
    dependencies = [
        ('triage', '0001_suggestions'),
    ]

    operations = [
        migrations.CreateModel(
            name='GatheredCounty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=40)),
                ('region_code', models.CharField(db_collation='C', max_length=6)),
                ('gathered_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '热点汇集时间',
                'verbose_name_plural': '热点汇集时间',
                'constraints': [models.UniqueConstraint(fields=('domain', 'region_code'), name='gathered_once')],
            },
        ),
        migrations.CreateModel(
            name='HotIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=40)),
                ('region_code', models.CharField(db_collation='C', max_length=9)),
                ('title', models.CharField(max_length=120)),
                ('sites', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('begin', models.DateTimeField()),
                ('end', models.DateTimeField()),
                ('people', models.IntegerField()),
                ('lately', models.IntegerField()),
                ('before', models.IntegerField()),
                ('days', models.IntegerField()),
                ('heat', models.FloatField()),
                ('cases', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                'verbose_name': '热点诉求',
                'verbose_name_plural': '热点诉求',
                'indexes': [models.Index(fields=['region_code'], name='hotissue_of_region')],
            },
        ),
        protect("triage_hotissue", f"{SYSTEM} OR {within()}", inserted=SYSTEM),
    ]
