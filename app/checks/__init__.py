"""What does not agree in a report. One rule is one function; what it finds are values."""

from app.checks.catalogue import Entry, catalogue
from app.checks.finding import Fault, Finding, Level, Passage
from app.checks.run import Checked, check

__all__ = ["Checked", "Entry", "Fault", "Finding", "Level", "Passage", "catalogue", "check"]
