"""The report as files: one module for each format, all fed from one document."""

from app.export.formats import FORMATS, Format, export

__all__ = ["FORMATS", "Format", "export"]
