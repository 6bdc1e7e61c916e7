"""The second lock: PostgreSQL itself shows each actor only the rows that are theirs, whatever a query forgot."""
