"""What stops a build; each says why in words that are printed as they are."""

from __future__ import annotations


class BuildError(Exception):
    """No package can be made of what is there."""


class InputError(BuildError):
    """An input could not be had, or is not the one that was chosen."""


class EvidenceError(BuildError):
    """Something lies in the bundle of which nobody has said what it is."""


class ProofError(BuildError):
    """The bundle does not do what it must."""
