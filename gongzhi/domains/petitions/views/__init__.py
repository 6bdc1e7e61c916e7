"""The pages of petitions: a request becomes a form, a use case, and where to go next."""
