"""How often suggestions were chosen, counted by county and unit, so that the page need not read each of them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('organisations', '0002_business'),
        ('triage', '0002_hot_issues'),
    ]

    operations = [
        migrations.CreateModel(
            name='SuggestionCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=40)),
                ('region_code', models.CharField(db_collation='C', max_length=6)),
                ('kind', models.CharField(choices=[('category', '事项类别'), ('unit', '承办单位'), ('duplicate', '重复诉求'), ('reply', '答复检查')], max_length=10)),
                ('by', models.CharField(choices=[('chosen', 'Chosen'), ('urban', 'Urban'), ('month', 'Month'), ('day', 'Day'), ('point', 'Point'), ('reason', 'Reason')], max_length=10)),
                ('key', models.TextField()),
                ('number', models.IntegerField()),
                ('hits', models.IntegerField()),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'verbose_name': '辅助建议统计',
                'verbose_name_plural': '辅助建议统计',
                'indexes': [models.Index(fields=['region_code'], name='suggestions_of_county'), models.Index(fields=['unit'], name='suggestions_of_unit')],
            },
        ),
    ]
