"""Tests of the citizen pages."""
