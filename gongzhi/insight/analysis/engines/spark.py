"""Spark over the Parquet files of an export: the cluster that `spark-submit` names, else this machine. Needs Java."""

import ibis
import ibis.expr.types as ir
from pyspark.sql import SparkSession

from gongzhi.insight.analysis.tables import COLUMNS


def rows(folder: object, table: str) -> ir.Table:
    """Return the rows of a table of an export, whose folder may be any address that the cluster reads."""
    session = (
        SparkSession.builder.appName("gongzhi").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    )
    engine = ibis.pyspark.connect(session)
    return engine.read_parquet(f"{folder}/{table}").select(*COLUMNS)
