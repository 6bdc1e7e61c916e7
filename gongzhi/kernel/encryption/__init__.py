"""Columns that only the platform can read: SM4-GCM, with keys by version that lie apart from the data."""
