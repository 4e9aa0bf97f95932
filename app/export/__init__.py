"""The report as files: one module for each format, all fed from one document."""

from app.export.formats import (
    FORMATS,
    Format,
    Written,
    export,
    export_guide,
    export_review_sheet,
    official_name,
)

__all__ = [
    "FORMATS",
    "Format",
    "Written",
    "export",
    "export_guide",
    "export_review_sheet",
    "official_name",
]
