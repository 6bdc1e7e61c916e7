"""Text messages from and to people: the door of the provider, and files for trying out."""
