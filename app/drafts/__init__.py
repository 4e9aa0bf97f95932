"""Drafts on disk: read with suspicion, written whole, recovered after any accident."""

from app.drafts.codec import report_from, report_to
from app.drafts.reading import DraftError
from app.drafts.store import DraftFile, Opened, load

__all__ = ["DraftError", "DraftFile", "Opened", "load", "report_from", "report_to"]
