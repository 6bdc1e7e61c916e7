"""In whose area an account was made; those made before have none, and are kept by the areas of their posts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_erase_on")]
    operations = [
        migrations.AddField(
            "account",
            "region_code",
            models.CharField(
                blank=True,
                db_collation="C",
                default="",
                editable=False,
                max_length=15,
                verbose_name="建立地区",
            ),
        ),
    ]
