"""Two carriers, offices that take turns, and a count of each day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0004_incoming'),
        ('organisations', '0002_business'),
        ('people', '0008_opened_for_a_purpose'),
    ]

    operations = [
        migrations.CreateModel(
            name='Carrier',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('errors', models.FloatField(default=0.0)),
                ('delay', models.FloatField(default=0.0)),
                ('failed', models.PositiveSmallIntegerField(default=0)),
                ('shut_until', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '运营商状况',
                'verbose_name_plural': '运营商状况',
            },
        ),
        migrations.CreateModel(
            name='OfficeCount',
            fields=[
                ('office', models.CharField(db_collation='C', max_length=28, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('sent', models.IntegerField()),
            ],
            options={
                'verbose_name': '单位当日短信数',
                'verbose_name_plural': '单位当日短信数',
            },
        ),
        migrations.AddField(
            model_name='message',
            name='carrier',
            field=models.CharField(blank=True, max_length=20, verbose_name='运营商'),
        ),
        migrations.AddField(
            model_name='message',
            name='delivered_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='送达时间'),
        ),
        migrations.AddField(
            model_name='message',
            name='office',
            field=models.CharField(blank=True, db_collation='C', max_length=28, verbose_name='发出单位'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['office', 'next_try_at', 'id'], name='message_of_office'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['person', 'id'], name='message_in_order'),
        ),
    ]
