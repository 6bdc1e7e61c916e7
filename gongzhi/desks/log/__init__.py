"""The public log: anyone can check that what was recorded here has not been changed."""
