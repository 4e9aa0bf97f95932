"""A Debian package out of a folder, written byte for byte the same from the same files.

Nothing runs on the clerk's machine at installing or removing: a package has no scripts here
(a rule of the UOS store, and the reason why removal leaves nothing). Format: deb(5), ar(1).
"""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

TIGHTEST = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}
FILTERS = {"amd64": [{"id": lzma.FILTER_X86}, TIGHTEST]}
"""x86 code packs tighter with its jumps made alike first; the xz of every dpkg undoes that."""
MD5_SUMS = "md5sums"
CONTROL = "control"


def write_deb(root: Path, control: Mapping[str, str], to: Path, epoch: int) -> None:
    """Write the package whose files lie below `root` as they will lie below /."""
    fields = {**control, "Installed-Size": str(installed_size(root))}
    texts = {CONTROL: control_file(fields), MD5_SUMS: "".join(md5_sums(root))}
    members = {
        "debian-binary": b"2.0\n",
        "control.tar.xz": _compressed(_control_archive(texts, epoch), [TIGHTEST]),
        "data.tar.xz": _compressed(
            _data_archive(root, epoch), FILTERS.get(control["Architecture"], [TIGHTEST])
        ),
    }
    with to.open("wb") as file:
        file.write(b"!<arch>\n")
        for name, data in members.items():
            file.write(f"{name:<16}{epoch:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode())
            file.write(data + b"\n" * (len(data) % 2))


def control_file(fields: Mapping[str, str]) -> str:
    """The control file; lines after the first of a field are set in, empty ones become a dot."""
    lines = []
    for name, value in fields.items():
        first, *others = value.strip().splitlines()
        lines.append(f"{name}: {first}")
        lines.extend(f" {line.strip() or '.'}" for line in others)
    return "\n".join(lines) + "\n"


def installed_size(root: Path) -> int:
    """What the files take on the disk, in KiB, each rounded up, as Debian's policy counts it."""
    files = [one for one in root.rglob("*") if one.is_file() and not one.is_symlink()]
    others = sum(1 for one in root.rglob("*") if one.is_symlink() or one.is_dir())
    return others + sum((one.stat().st_size + 1023) // 1024 for one in files)


def md5_sums(root: Path) -> Iterator[str]:
    """Yield a line for each file, by which `dpkg --verify` finds a damaged one."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            yield f"{digest}  {path.relative_to(root).as_posix()}\n"


def _control_archive(texts: Mapping[str, str], epoch: int) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, text in texts.items():
            member = _plain(tarfile.TarInfo(f"./{name}"), 0o644, epoch)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


def _data_archive(root: Path, epoch: int) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in [root, *sorted(root.rglob("*"))]:
            name = "." if path == root else f"./{path.relative_to(root).as_posix()}"
            _add(archive, path, name, epoch)
    return buffer.getvalue()


def _add(archive: tarfile.TarFile, path: Path, name: str, epoch: int) -> None:
    member = tarfile.TarInfo(name)
    if path.is_symlink():
        member.type, member.linkname = tarfile.SYMTYPE, str(path.readlink())
        archive.addfile(_plain(member, 0o777, epoch))
    elif path.is_dir():
        member.type = tarfile.DIRTYPE
        archive.addfile(_plain(member, 0o755, epoch))
    else:
        member.size = path.stat().st_size
        mode = 0o755 if os.access(path, os.X_OK) else 0o644
        with path.open("rb") as file:
            archive.addfile(_plain(member, mode, epoch), file)


def _plain(member: tarfile.TarInfo, mode: int, epoch: int) -> tarfile.TarInfo:
    """One owner, one time, one of three modes: nothing of the machine that built it."""
    member.mode, member.mtime, member.uname, member.gname = mode, epoch, "root", "root"
    return member


def _compressed(data: bytes, filters: Sequence[Mapping[str, Any]]) -> bytes:
    return lzma.compress(data, lzma.FORMAT_XZ, lzma.CHECK_CRC64, filters=filters)
