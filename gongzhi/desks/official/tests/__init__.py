"""Tests of the official's desk."""
