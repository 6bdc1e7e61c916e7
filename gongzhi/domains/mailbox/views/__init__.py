"""The pages of the mailbox: a request becomes a form, a use case, and where to go next."""
