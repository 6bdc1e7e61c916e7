"""A follower of the official account may be bound to a person known by phone; read by the person and the platform alone."""

import django.db.models.deletion
from django.db import migrations, models

from gongzhi.kernel.lock.policies import acts_as, number, protect

OF_ONESELF = f"{acts_as('system')} OR person_id = {number('person')}"


class Migration(migrations.Migration):

    dependencies = [
        ('lock', '0002_kernel_tables'),
        ('people', '0009_openid'),
    ]

    operations = [
        migrations.CreateModel(
            name='Binding',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='people.person')),
                ('region_code', models.CharField(blank=True, db_collation='C', max_length=15)),
                ('code_mark', models.BinaryField(max_length=32, null=True, unique=True)),
                ('code_until', models.DateTimeField(null=True)),
                ('bound_at', models.DateTimeField(null=True)),
                ('follower', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': '微信绑定',
                'verbose_name_plural': '微信绑定',
            },
        ),
        protect("people_binding", OF_ONESELF, inserted=acts_as("system")),
    ]
