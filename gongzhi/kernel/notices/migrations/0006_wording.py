"""A region's own words for short messages, behind the second lock: for officials of the area and those above it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gongzhi.kernel.lock.policies import acts_as, protect, within

OF_AREA = f"{acts_as('system')} OR {acts_as('supervisor')} AND {within()}"


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0005_carriers'),
        ('organisations', '0002_business'),
        ('people', '0008_opened_for_a_purpose'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('mark', models.BinaryField(max_length=16)),
                ('purpose', models.CharField(max_length=80)),
                ('words', models.CharField(max_length=200)),
                ('region_code', models.CharField(blank=True, db_collation='C', max_length=15)),
                ('asked_at', models.DateTimeField()),
                ('decision', models.CharField(blank=True, choices=[('', '待批准'), ('approved', '已批准'), ('refused', '未批准')], max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_key', models.UUIDField(null=True)),
                ('decided_words', models.CharField(blank=True, max_length=200)),
                ('template', models.CharField(db_collation='C', max_length=80)),
                ('text', models.CharField(max_length=300)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'verbose_name': '短信用语',
                'verbose_name_plural': '短信用语',
                'indexes': [models.Index(fields=['template', 'region_code'], name='wording_in_force')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_in', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_by__isnull', False), ('decided_in__isnull', False), models.Q(('decided_by', models.F('asked_by')), _negated=True), models.Q(('decided_in', models.F('asked_in')), _negated=True)), _connector='OR'), name='wording_by_two')],
            },
        ),
        protect("notices_wording", OF_AREA, inserted=OF_AREA),
    ]
