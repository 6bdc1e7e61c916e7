"""Heavy questions: facts taken to Parquet, and one expression for each that DuckDB, PostgreSQL and Spark answer alike.

Needs the extra `analysis`; nothing that serves people imports from here.
"""
