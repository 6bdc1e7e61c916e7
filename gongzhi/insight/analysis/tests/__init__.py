"""Tests of what can be asked, without a database."""
