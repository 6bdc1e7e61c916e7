"""What people text us, behind the second lock: for the person, and for call takers of the area."""

import django.db.models.deletion
from django.db import migrations, models

from gongzhi.kernel.lock.policies import acts_as, number, protect, within

TEXTS = f"""
    {acts_as("system")} OR person_id = {number("person")} OR {acts_as("call_taker")} AND {within()}
"""


class Migration(migrations.Migration):

    dependencies = [
        ("lock", "0002_kernel_tables"),
        ('notices', '0003_shut_functions'),
        ('people', '0008_opened_for_a_purpose'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='case_id',
            field=models.BigIntegerField(db_index=True, null=True, verbose_name='事项'),
        ),
        migrations.CreateModel(
            name='Incoming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=80, unique=True)),
                ('masked_phone', models.CharField(max_length=20)),
                ('region_code', models.CharField(db_collation='C', max_length=15)),
                ('text', models.CharField(max_length=1000)),
                ('received_at', models.DateTimeField()),
                ('talk', models.BigIntegerField(db_index=True, null=True)),
                ('taken_as', models.CharField(blank=True, max_length=10)),
                ('state', models.CharField(choices=[('asked', '待对方回复'), ('waiting', '待人工处理'), ('done', '已处理')], default='done', max_length=10)),
                ('asked', models.CharField(blank=True, max_length=10)),
                ('questions', models.PositiveSmallIntegerField(default=0)),
                ('moved_at', models.DateTimeField()),
                ('case_id', models.BigIntegerField(null=True)),
                ('answer', models.CharField(blank=True, max_length=400)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': '收到的短信',
                'verbose_name_plural': '收到的短信',
                'indexes': [models.Index(condition=models.Q(('state__in', ('asked', 'waiting'))), fields=['region_code', 'moved_at'], name='incoming_for_somebody'), models.Index(fields=['received_at'], name='incoming_received')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('person',), name='one_talk_at_a_time')],
            },
        ),
        protect("notices_incoming", TEXTS, inserted=acts_as("system")),
    ]
