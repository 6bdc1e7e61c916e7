"""Who has a matter in hand, and desks handed over: read by the two who sign, nobody else in the unit."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gongzhi.kernel.lock.policies import acts_as, number, of_case, protect

OF_CASE = of_case("cases_charge")
OF_THE_TWO = f"""
    {acts_as("system")} OR asked_by_id = {number("account")} OR from_post_id = {number("post")}
    OR to_post_id = {number("post")}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_what_waits'),
        ('lock', '0002_kernel_tables'),
        ('organisations', '0002_business'),
        ('people', '0008_opened_for_a_purpose'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='charge', serialize=False, to='cases.case')),
                ('since', models.DateTimeField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': '经办',
                'verbose_name_plural': '经办',
            },
        ),
        migrations.CreateModel(
            name='HandOver',
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
                ('cases', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('deadlines', models.IntegerField(default=0)),
                ('drafts', models.IntegerField(default=0)),
                ('sheet', models.CharField(blank=True, db_collation='C', max_length=64)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('from_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('to_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'verbose_name': '工作交接',
                'verbose_name_plural': '工作交接',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decided_in', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_by__isnull', False), ('decided_in__isnull', False), models.Q(('decided_by', models.F('asked_by')), _negated=True), models.Q(('decided_in', models.F('asked_in')), _negated=True)), _connector='OR'), name='handover_decided_by_another'), models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('from_post',), name='handover_one_open_offer')],
            },
        ),
        protect("cases_charge", OF_CASE, inserted=OF_CASE),
        protect("cases_handover", OF_THE_TWO),
    ]
