"""Reads over requests, each limited to what the actor may see; one module for each thing one asks."""
