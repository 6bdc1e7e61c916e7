"""Reads of offices and letters, each limited to what the actor may see."""
