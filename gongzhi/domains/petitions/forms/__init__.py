"""What people fill in about petitions: shape and format only."""
