"""What every rendering says where a bundle does not hold."""

from __future__ import annotations


class ProofError(Exception):
    """The bundle does not do what it must; no package is made of it."""
