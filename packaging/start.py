"""Starts the installed program; every launcher runs this file with the bundle's own Python."""

import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent
sys.path[:0] = [str(PROGRAM), str(PROGRAM.parent / "lib")]

if __name__ == "__main__":
    from app.__main__ import main

    sys.exit(main())
