"""What every move writes anew is indexed once: no index begins as another one does that could answer for it."""

import pytest
from django.db import connection

from gongzhi.kernel.cases.models import Case, Deadline, Step

# Left out are those that hold part of the rows.
TWICE = """
SELECT a.indexrelid::regclass::text, b.indexrelid::regclass::text
FROM pg_index a JOIN pg_index b ON a.indrelid = b.indrelid AND a.indexrelid <> b.indexrelid
JOIN pg_class own ON own.oid = a.indexrelid JOIN pg_class other ON other.oid = b.indexrelid AND other.relam = own.relam
WHERE a.indrelid = %s::regclass AND NOT a.indisunique AND a.indpred IS NULL AND b.indpred IS NULL
  AND b.indkey::text || ' ' LIKE a.indkey::text || ' %%'
  AND b.indclass[0] = a.indclass[0]
"""


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Case, Step, Deadline])
def test_no_index_is_there_twice(model):
    with connection.cursor() as cursor:
        cursor.execute(TWICE, [model._meta.db_table])
        assert cursor.fetchall() == []
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [model._meta.db_table])
        assert not [name for (name,) in cursor.fetchall() if name.endswith("_like")]
        cursor.execute("SELECT count(*) FROM pg_index WHERE indrelid = %s::regclass", [model._meta.db_table])
        assert cursor.fetchone()[0] > 3
