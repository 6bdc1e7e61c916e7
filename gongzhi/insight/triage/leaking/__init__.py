"""How each kind of personal particular is written, and told from what only looks like one."""
