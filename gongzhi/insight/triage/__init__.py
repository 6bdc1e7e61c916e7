"""Reads what people write, suggests and explains: category, unit, places, duplicates, hot issues, and what a reply leaves open.

It never decides alone, needs no network, and knows messages only, never who wrote them.
"""
