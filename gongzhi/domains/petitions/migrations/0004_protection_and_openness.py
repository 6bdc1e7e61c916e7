"""What is said silently about retaliation, behind a lock of its own; what units make public about petitions."""

import django.db.models.deletion
from django.db import migrations, models

from gongzhi.kernel.lock.policies import acts_as, number, past_the_lock, protect, told

# Read by the person, and by the head and the supervisor of the protecting unit: not once the matter names them or
# their unit, which the matter itself, out of their sight, knows.
OF_THE_TWO = f"""
    {acts_as("system")} OR person_id = {number("person")}
    OR {acts_as("head", "supervisor")} AND unit_id = {number("unit")} AND petitions_told(case_id)
"""
OF_THE_PERSON = f"{acts_as('system')} OR person_id = {number('person')}"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_hand_over'),
        ('lock', '0002_kernel_tables'),
        ('organisations', '0002_business'),
        ('people', '0008_opened_for_a_purpose'),
        ('petitions', '0003_form_number'),
    ]

    operations = [
        migrations.CreateModel(
            name='Openness',
            fields=[
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='organisations.unit')),
                ('region_code', models.CharField(db_collation='C', max_length=15)),
                ('address', models.CharField(max_length=120)),
                ('phone', models.CharField(max_length=30)),
                ('place', models.CharField(max_length=120)),
                ('hours', models.CharField(max_length=120)),
                ('web', models.CharField(blank=True, max_length=120)),
                ('updated_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '信访公开信息',
                'verbose_name_plural': '信访公开信息',
            },
        ),
        migrations.CreateModel(
            name='Protection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('contact', models.CharField(blank=True, max_length=120)),
                ('asked_at', models.DateTimeField()),
                ('key', models.UUIDField(unique=True)),
                ('mark', models.BinaryField(max_length=16)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'verbose_name': '保护请求',
                'verbose_name_plural': '保护请求',
                'indexes': [models.Index(fields=['unit', '-asked_at'], name='protection_of_unit'), models.Index(fields=['case'], name='protection_case')],
            },
        ),
        migrations.RunSQL(
            f"""
            CREATE FUNCTION petitions_told(given bigint) RETURNS boolean
            LANGUAGE sql STABLE SECURITY DEFINER AS $$
                SELECT EXISTS (SELECT 1 FROM cases_case WHERE id = given AND {told()})
            $$;
            """,
            "DROP FUNCTION petitions_told(bigint)",
        ),
        past_the_lock("petitions_told(bigint)"),
        protect("petitions_protection", OF_THE_TWO, inserted=OF_THE_PERSON),
    ]
