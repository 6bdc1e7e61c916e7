"""The demonstration: a fictional county that shows every page at work."""
