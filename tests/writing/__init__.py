"""Writing the texts with help."""
