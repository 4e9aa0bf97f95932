"""Drafts on disk: read with suspicion, written whole, recovered after any accident."""

from app.drafts.codec import report_from, report_to
from app.drafts.reading import DraftError
from app.drafts.store import DraftFile, Opened, last_good, load, set_aside

__all__ = [
    "DraftError",
    "DraftFile",
    "Opened",
    "last_good",
    "load",
    "report_from",
    "report_to",
    "set_aside",
]
