"""The Windows installer: NSIS, given the bundle's files in an order that never changes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from PIL import Image

from bundle.chroot import need

GROUND = "#e9f0f9"
PICTURE_SIZE = 164, 314
"""Of the picture beside the first and the last page, as NSIS wants it."""
SCRIPT = Path(__file__).parent.parent / "windows" / "installer.nsi"


def write_installer(bundle: Path, values: Mapping[str, str], epoch: int, setup: Path) -> None:
    """Make the one file a clerk double-clicks out of a bundle.

    `values` are what the script asks for: VERSION, VERSION_NUMBERS, ICON and PICTURE. The same
    bundle gives the same bytes; `epoch` dates what the script itself makes. Raises
    CalledProcessError, and ChrootError where NSIS is missing and may not be installed.
    """
    need("makensis", "nsis")
    listed = setup.with_suffix(".nsh")
    listed.write_text("\n".join(file_list(bundle)) + "\n", encoding="utf-8")
    defined = {**values, "FILES": str(listed), "OUTPUT": str(setup)}
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    command += [f"-D{name}={value}" for name, value in defined.items()]
    environment = dict(os.environ, LC_ALL="C.UTF-8", SOURCE_DATE_EPOCH=str(epoch))
    try:
        subprocess.run([*command, SCRIPT], check=True, env=environment)
    finally:
        listed.unlink()


def write_picture(icon: Path, picture: Path, epoch: int) -> None:
    """Draw what stands beside the installer's first and last page: the icon on a light ground.

    It goes into the installer with its time, which is therefore `epoch`.
    """
    drawn = Image.new("RGB", PICTURE_SIZE, GROUND)
    with Image.open(icon) as opened:
        mark = opened.convert("RGBA")
    left, top = ((whole - part) // 2 for whole, part in zip(PICTURE_SIZE, mark.size, strict=True))
    drawn.paste(mark, (left, top), mark)
    drawn.save(picture)
    os.utime(picture, (epoch, epoch))


def file_list(bundle: Path) -> Iterator[str]:
    """Yield the script's two macros: one puts every file in its place, one takes it away again."""
    files = sorted(PurePosixPath(path.relative_to(bundle)) for path in _files(bundle))
    folders = sorted({parent for file in files for parent in file.parents[:-1]}, reverse=True)
    yield "!macro InstallFiles"
    for folder in sorted({file.parent for file in files}):
        yield f'SetOutPath "{_installed(folder)}"'
        for file in (one for one in files if one.parent == folder):
            yield f'File "{_quoted(str(bundle / file))}"'
    yield "!macroend"
    yield "!macro RemoveFiles"
    yield from (f'Delete "{_installed(file)}"' for file in files)
    yield from (f'RMDir "{_installed(folder)}"' for folder in folders)
    yield "!macroend"


def _files(bundle: Path) -> Iterator[Path]:
    return (path for path in bundle.rglob("*") if path.is_file())


def _installed(path: PurePosixPath) -> str:
    return "\\".join(["$INSTDIR", *(_quoted(part) for part in path.parts)])


def _quoted(text: str) -> str:
    return text.replace("$", "$$")
