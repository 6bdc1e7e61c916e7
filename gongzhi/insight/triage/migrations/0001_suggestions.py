"""Suggestions beside what was chosen, behind the second lock: whoever sees the matter sees its row."""

import django.db.models.deletion
from django.db import migrations, models

from gongzhi.kernel.lock.policies import of_case, protect


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0017_what_waits_here'),
        ('lock', '0002_kernel_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_code', models.CharField(db_collation='C', max_length=15)),
                ('kind', models.CharField(choices=[('category', '事项类别'), ('unit', '承办单位'), ('duplicate', '重复诉求'), ('reply', '答复检查')], max_length=10)),
                ('suggested', models.CharField(blank=True, max_length=240)),
                ('second', models.CharField(blank=True, max_length=120)),
                ('confidence', models.FloatField(null=True)),
                ('decision', models.CharField(blank=True, max_length=10)),
                ('model', models.CharField(blank=True, max_length=40)),
                ('chosen', models.CharField(max_length=120)),
                ('chosen_at', models.DateTimeField()),
                ('urban', models.CharField(choices=[('urban', '城镇'), ('rural', '乡村'), ('mixed', '城乡都有'), ('unknown', '未知')], default='unknown', max_length=10)),
                ('shadow', models.BooleanField(default=False)),
                ('reason', models.TextField(blank=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'verbose_name': '辅助建议',
                'verbose_name_plural': '辅助建议',
                'indexes': [models.Index(fields=['region_code', 'kind', 'chosen_at'], name='suggestion_of_region')],
                'constraints': [models.UniqueConstraint(fields=('case', 'kind'), name='suggested_once')],
            },
        ),
        protect('triage_suggestion', of_case('triage_suggestion')),
    ]
