"""The one program: `gongkai` opens the wizard, `gongkai COMMAND` works without a window."""

from __future__ import annotations

import gc
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from app.again import READ_FOR_IMPORT, WINDOW_TEST
from app.files import is_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return the exit code of the contract."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if tuple(arguments) == WINDOW_TEST:
        return int(runpy.run_module("ui.selftest")["main"]())
    if arguments[:1] == [READ_FOR_IMPORT]:
        from app.importing.child import main as read_for_import  # noqa: PLC0415

        return read_for_import(arguments[1:])
    if arguments:
        # Imported here: the window does not wait for what only the command line needs.
        from app.commands import COMMANDS, run  # noqa: PLC0415

        if not _names_a_draft(arguments) or arguments[0] in COMMANDS:
            return run(arguments)
    gc.disable()  # until all is there: what a start makes stays, and looking through it takes time
    # The window is a program of its own, started by name: the core does not know it.
    window = runpy.run_module("ui.main")
    return int(window["main"](arguments))


def _names_a_draft(arguments: Sequence[str]) -> bool:
    """A word that is no file, or more than one, is meant as a command."""
    return len(arguments) == 1 and (arguments[0].endswith(".json") or is_file(Path(arguments[0])))


if __name__ == "__main__":
    sys.exit(main())
