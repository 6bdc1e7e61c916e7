"""What people and officials fill in: shape and format only."""
