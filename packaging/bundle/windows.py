"""The Windows rendering of a bundle: Python, launchers; the installer and the portable .zip."""

from __future__ import annotations

from pathlib import Path

from bundle.description import BUILD, ROOT, Layout, Target
from bundle.errors import ProofError
from bundle.installer import write_installer, write_picture
from bundle.launchers import four_numbers, write_launchers
from bundle.portable import write_portable
from bundle.python_windows import add_python
from bundle.wine import ProgramError, Wine

RUNTIME = "runtime"


def finish(bundle: Path, _target: Target, described: Layout) -> None:
    """Add the runtime and the launchers."""
    add_python(bundle / RUNTIME, described)
    write_launchers(bundle, described)


def prove(bundle: Path, _target: Target, described: Layout) -> None:
    """Run the bundle's self-test under Wine.

    Raises ProofError with what it said where it fails, and ChrootError where Wine cannot be had:
    what nobody has tried is not given to an office.
    """
    with Wine(described) as wine:
        folder = wine.take_in(bundle, "bundle")
        try:
            print(wine.run(f"{folder}\\{described.tables['windows']['console']}", "self-test"))
        except ProgramError as error:
            raise ProofError(str(error)) from error


def installers(bundle: Path, target: Target, described: Layout, to: Path) -> list[Path]:
    """Write the installer and the portable package; return their paths."""
    stem = f"{described.command}-{described.version}-{target.name}"
    setup, portable = to / f"{stem}-setup.exe", to / f"{stem}-portable.zip"
    icon, picture = (ROOT / described.tables["windows"][name] for name in ("icon", "picture"))
    drawn = BUILD / "setup.bmp"
    write_picture(picture, drawn, described.epoch)
    values = {
        "VERSION": described.version,
        "VERSION_NUMBERS": four_numbers(described.version),
        "ICON": str(icon),
        "PICTURE": str(drawn),
    }
    write_installer(bundle, values, described.epoch, setup)
    write_portable(bundle, described.name, described.epoch, portable)
    return [setup, portable]
