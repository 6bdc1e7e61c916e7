"""Where the rows of a table come from, one module for each engine; each is loaded only when it is asked for."""
