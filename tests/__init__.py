"""Tests, in the order of the code."""
