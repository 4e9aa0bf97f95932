"""Stands in for setuptools while pip fetches an archive whose setup.py must not run."""
