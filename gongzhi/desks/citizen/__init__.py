"""The citizen's pages that belong to no single domain."""
