"""Who follows the official account is found again by openid: sealed, with a blind index, as phones are."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_opened_for_a_purpose'),
    ]

    operations = [
        migrations.AddField(
            model_name='particulars',
            name='openid_index',
            field=models.BinaryField(max_length=16, null=True),
        ),
        migrations.AddField(
            model_name='particulars',
            name='openid_sealed',
            field=models.BinaryField(db_default=b'', default=b''),
        ),
        migrations.AddConstraint(
            model_name='particulars',
            constraint=models.UniqueConstraint(condition=models.Q(('openid_index__isnull', False)), fields=('openid_index',), name='particulars_by_openid'),
        ),
    ]
