"""Stories told by citizens and officials, walked through the running demonstration in a real browser."""
