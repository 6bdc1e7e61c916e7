"""Text messages from and to people: the door of the provider, what the words mean, and the talk that follows."""
