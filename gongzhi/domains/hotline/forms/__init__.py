"""What people fill in: citizens' forms and officials' forms; shape and format only."""
