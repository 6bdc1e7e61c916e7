"""Signing in with two factors, choosing the post one acts in, and who may open staff pages."""
