"""The report as files: one module for each format, all fed from one document."""

from app.export.formats import FORMATS, Format, Written, export

__all__ = ["FORMATS", "Format", "Written", "export"]
