"""DuckDB over the Parquet files of an export, in this process."""

from pathlib import Path

import ibis
import ibis.expr.types as ir

from gongzhi.insight.analysis.tables import COLUMNS


def rows(folder: Path, table: str) -> ir.Table:
    """Return the rows of a table of an export."""
    engine = ibis.duckdb.connect()
    return engine.read_parquet(str(folder / table / "*" / "*" / "*.parquet")).select(*COLUMNS)
