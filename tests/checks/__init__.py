"""Tests of the rules: each finds what it should, and nothing else."""
