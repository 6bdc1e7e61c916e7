"""The number of the printed form on which a petition was written, so that each sheet is taken once."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_hand_over'),
        ('petitions', '0002_verified_opinion'),
    ]

    operations = [
        migrations.AddField(
            model_name='petition',
            name='form_number',
            field=models.CharField(blank=True, db_collation='C', db_default='', default='', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.UniqueConstraint(condition=models.Q(('form_number', ''), _negated=True), fields=('form_number',), name='petition_form_once'),
        ),
    ]
