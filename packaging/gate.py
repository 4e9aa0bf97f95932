#!/usr/bin/env python3
"""Try a built package the way an office would: gate.py linux|windows|arm.

Each gate sets up what it needs, cleans up after itself, and says what it could not do and why.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

GATES = ("linux", "windows", "arm")


def main(arguments: Sequence[str]) -> int:
    """Run the gate named; return its exit code."""
    if len(arguments) != 1 or arguments[0] not in GATES:
        print(__doc__)
        return 2
    return int(importlib.import_module(f"bundle.gate_{arguments[0]}").main())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
