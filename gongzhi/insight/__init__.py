"""Analysis over kernel facts. Knows no domain."""
