"""What the house made for a case is of the office, whoever asked for it first."""

from django.db import migrations

OF_OFFICE = """
SELECT set_config('gongzhi.acts', 'system', true);
UPDATE documents_document SET from_office = true WHERE kind = 'generated' AND NOT from_office;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_handed_on")]
    operations = [migrations.RunSQL(OF_OFFICE, migrations.RunSQL.noop)]
