"""Reads of petitions, each limited to what the actor may see."""
