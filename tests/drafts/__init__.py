"""Drafts: what survives, what is refused, what is never lost."""
