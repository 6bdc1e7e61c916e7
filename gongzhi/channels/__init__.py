"""Outside protocols translated into use cases of the domains."""
