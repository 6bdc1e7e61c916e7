"""Each text keeps the channel that carried it; what came by WeChat before had the channel's name in place of a phone."""

from django.db import migrations, models

FROM_WECHAT = """
    UPDATE notices_incoming SET channel = 'wechat', masked_phone = '' WHERE masked_phone = '微信' AND reference LIKE 'wx:%'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0006_wording'),
    ]

    operations = [
        migrations.AddField(
            model_name='incoming',
            name='channel',
            field=models.CharField(choices=[('sms', '短信'), ('wechat', '微信')], default='sms', max_length=10),
        ),
        migrations.AlterField(
            model_name='incoming',
            name='masked_phone',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.RunSQL(FROM_WECHAT, migrations.RunSQL.noop),
    ]
