"""What is measured, defined once; counted from the facts into a row for each day, county and kind of matter."""
