"""Reports of other programs as drafts: one module for each format, one matching for all of them.

A reader tells what stands where in a file (`paper`); which cell that is, is told by the labels of
the form (`placing`); a process of its own keeps a hostile file away from the program (`child`).
"""

from app.importing.child import Reading, read_file
from app.importing.formats import SUFFIXES
from app.importing.result import Imported, TableRead, Wanted

__all__ = ["SUFFIXES", "Imported", "Reading", "TableRead", "Wanted", "read_file"]
