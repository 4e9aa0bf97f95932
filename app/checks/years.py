"""Rules on the figures of two years in a row."""
