"""The official's desk: what is to be done, messages, search, across all domains."""
