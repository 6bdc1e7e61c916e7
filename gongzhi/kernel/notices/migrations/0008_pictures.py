"""A text may be a picture: what the channel calls it stands here until it is fetched."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0007_channel_of_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='incoming',
            name='media_id',
            field=models.CharField(blank=True, default='', max_length=128),
        ),
        migrations.AddIndex(
            model_name='incoming',
            index=models.Index(condition=models.Q(('media_id', ''), _negated=True), fields=['moved_at'], name='incoming_picture'),
        ),
    ]
