"""What does not agree in a report. One rule is one function; what it finds are values."""

from app.checks.catalogue import Entry, catalogue
from app.checks.finding import Fault, Finding, Passage
from app.checks.run import PASSED_MEANS, Checked, check, check_again
from app.level import Level

__all__ = [
    "PASSED_MEANS",
    "Checked",
    "Entry",
    "Fault",
    "Finding",
    "Level",
    "Passage",
    "catalogue",
    "check",
    "check_again",
]
