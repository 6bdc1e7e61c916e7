"""The shell every page stands on: base views and forms, templates, components, charts, errors."""
