"""Take a whole installation along in one file, and put it back into an empty place."""
