"""Files that are there whole, or not at all; and what went wrong, as a sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

if sys.platform == "win32":
    import ctypes

T = TypeVar("T")

REPLACE_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds between tries while a virus scanner or a sync client holds a file on Windows."""
READ_WAITS = (0.05, 0.1, 0.25, 0.4)
SHARING_ERRORS = (5, 32, 33)
"""Windows: access denied, sharing violation, lock violation."""
LONGEST_PATH = 259 if os.name == "nt" else 4095
"""Characters, or bytes, of a path that every system of this kind takes."""
STALE = 600.0
"""Seconds after which nobody is still writing a file that is not in its place yet."""
HELD_ERRORS = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EISDIR)
"""What a system says where it will not have a file replaced."""
LONGEST_NAME = 200
"""Bytes of a file name that every file system takes, ending included."""
NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""A file system that knows no fsync of folders; there is nothing to tell then."""

_FORBIDDEN = dict.fromkeys(map(ord, '<>:"/\\|?*'), "_")
_NAMELESS = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
"""Categories of characters that cannot be seen or stored in a name."""
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³"
}
_WIN32_REPLACE_EXISTING, _WIN32_WRITE_THROUGH = 1, 8


class FileError(Exception):
    """A file cannot be read or written; the message is a Chinese sentence that says what to do."""


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Put `data` at `path` so that after any accident the file is the old or the new one, whole.

    A private file is for this user only; others get the permissions usual on this system.

    Raises FileError; the old file is then untouched, or, where only the folder could not be
    synced, already replaced by the new one.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _write_and_verify(fresh, data, 0o600 if private else 0o666)
        replace(fresh, path)
        _sync_folder(path.parent)
    except OSError as error:
        _drop(fresh)
        raise FileError(f"没有保存“{path.name}”：{explain(error)}") from error


def write_or_beside(path: Path, data: bytes) -> Path:
    """Put `data` at `path`, or under a free name beside it where that file cannot be replaced.

    Returns where it went: 「x（2）.pdf」 where 「x.pdf」 is open in another program, say. Raises
    FileError where there is no other way either; it then speaks of `path`, which is untouched.
    """
    drop_stale(path)
    try:
        write_whole(path, data)
    except FileError as error:
        if not (os.path.lexists(path) and _is_held(error.__cause__)):
            raise
        beside = unused(path)
        try:
            write_whole(beside, data)
        except FileError:
            raise error from error.__cause__
        return beside
    return path


def leftovers(path: Path) -> Iterator[Path]:
    """The files that programs that were killed left half written for this path."""
    import glob  # noqa: PLC0415  (the window would wait for it)

    return path.parent.glob(f".{glob.escape(path.name)}.[0-9]*.tmp")


def drop_stale(path: Path) -> None:
    """Remove what programs that were killed long ago left half written for this path."""
    with contextlib.suppress(OSError):
        for left in leftovers(path):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink()


def unused(path: Path) -> Path:
    """Return a path, or 「x（2）.json」, 「x（3）.json」 … where it is taken."""
    taken = os.path.lexists(path)
    return numbered(path, lambda number: f"{path.stem}（{number}）") if taken else path


def numbered(path: Path, name: Callable[[int], str]) -> Path:
    """Return the first path beside this one, with a name made of 2, 3, 4 …, that is not taken."""
    number = 2
    while os.path.lexists(free := path.with_name(f"{name(number)}{path.suffix}")):
        number += 1
    return free


def read_whole(path: Path, largest: int) -> bytes:
    """Read a file of at most `largest` bytes; waits a moment where another program holds it.

    Raises FileError.
    """
    try:
        data = _patiently(lambda: _read(path, largest + 1), READ_WAITS, _may_pass)
    except OSError as error:
        raise FileError(f"打不开“{path.name}”：{explain(error)}") from error
    if len(data) > largest:
        raise FileError(f"“{path.name}”太大（超过 {largest // 2**20} MB），不是本程序的文件。")
    return data


def is_file(path: Path) -> bool:
    """Tell whether a file can be found there; not where its folder is closed to us, or gone."""
    with contextlib.suppress(OSError):
        return path.is_file()
    return False


def is_folder(path: Path) -> bool:
    """Tell whether a folder can be found there; not where the one above it is closed to us."""
    with contextlib.suppress(OSError):
        return path.is_dir()
    return False


def replace(fresh: Path, path: Path) -> None:
    """Move a finished file into its place; Windows' sharing errors are waited out."""
    _patiently(lambda: _move(fresh, path), REPLACE_WAITS, _is_sharing_error)


def explain(error: OSError) -> str:
    """Say in Chinese what an operating system's error means and what to do."""
    if _is_sharing_error(error):
        return "文件正被别的程序占用，或没有读写权限；请关闭 WPS、Excel 等后再试。"
    meant = _meaning(error)
    if meant in _EXPLANATIONS:
        return _EXPLANATIONS[meant]
    return "磁盘或系统出错，请换一个文件夹或 U 盘再试。"


def safe_name(name: str) -> str:
    """Turn any text into a file name that Windows and Linux take; never empty."""
    text = "".join(sign for sign in name if unicodedata.category(sign) not in _NAMELESS)
    text = unicodedata.normalize("NFC", text.translate(_FORBIDDEN)).strip(" .\u3000")
    room = LONGEST_NAME - len("_（未通过校验）.json".encode())
    text = text.encode()[:room].decode(errors="ignore").rstrip(" .\u3000") or "未命名"
    reserved = text.partition(".")[0].rstrip().upper() in _RESERVED
    return f"_{text}" if reserved else text


_EXPLANATIONS = {
    errno.ENOSPC: "磁盘已满，请清理磁盘或换一个位置。",
    errno.EDQUOT: "磁盘配额已用完，请清理或换一个位置。",
    errno.EROFS: "所在磁盘是只读的，请换一个位置。",
    errno.EACCES: "没有读写权限，请换一个文件夹，或检查文件是否只读、被占用。",
    errno.EPERM: "没有读写权限，请换一个文件夹，或检查文件是否只读、被占用。",
    errno.ENOENT: "找不到文件或文件夹，可能已被移动、改名或拔出了 U 盘。",
    errno.ENOTDIR: "找不到文件夹，路径中有一段不是文件夹。",
    errno.EEXIST: "同名的已经有了，而且不是文件夹，请换一个名称。",
    errno.EISDIR: "这是一个文件夹，不是文件。",
    errno.ENAMETOOLONG: "文件名或路径太长，请改短一些。",
    errno.EIO: "磁盘读写出错，请换一个磁盘再试。",
}

_WINDOWS_MEANINGS = {
    19: errno.EROFS,  # write protected
    21: errno.ENOENT,  # the drive is not ready
    23: errno.EIO,
    39: errno.ENOSPC,
    53: errno.ENOENT,  # the network path, and three more of networks
    59: errno.ENOENT,
    64: errno.ENOENT,
    67: errno.ENOENT,
    206: errno.ENAMETOOLONG,
    1117: errno.EIO,
    1295: errno.EDQUOT,
    1392: errno.EIO,
}
"""What Windows' own numbers mean where Python's translation says less or something else."""


def _meaning(error: OSError) -> int | None:
    told = str(error.filename or "")
    if error.errno == errno.ENOENT and len(told) > LONGEST_PATH:
        return errno.ENAMETOOLONG  # Windows only says that it is not there
    return _WINDOWS_MEANINGS.get(getattr(error, "winerror", None) or 0, error.errno)


def _write_and_verify(fresh: Path, data: bytes, mode: int) -> None:
    _drop(fresh)  # left by a killed program, or a link that leads elsewhere
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(fresh, flags, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if fresh.read_bytes() != data:
        raise OSError(errno.EIO, "the file reads back differently")


def _read(path: Path, most: int) -> bytes:
    if path.is_dir():  # Windows would speak of missing rights
        raise IsADirectoryError(errno.EISDIR, "a folder", str(path))
    with path.open("rb") as file:
        return file.read(most)


def _move(fresh: Path, path: Path) -> None:
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        flags = _WIN32_REPLACE_EXISTING | _WIN32_WRITE_THROUGH
        if not kernel.MoveFileExW(str(fresh), str(path), flags):
            raise ctypes.WinError(ctypes.get_last_error())
    else:
        fresh.replace(path)


def _drop(fresh: Path) -> None:
    with contextlib.suppress(OSError):
        fresh.unlink()


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in NO_FOLDER_SYNC:
                raise
        finally:
            os.close(handle)


def _patiently(
    action: Callable[[], T], waits: tuple[float, ...], may_pass: Callable[[OSError], bool]
) -> T:
    for wait in waits:
        try:
            return action()
        except OSError as error:
            if not may_pass(error):
                raise
            time.sleep(wait)
    return action()


def _is_sharing_error(error: OSError) -> bool:
    return getattr(error, "winerror", None) in SHARING_ERRORS


def _is_held(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and (error.errno in HELD_ERRORS or _is_sharing_error(error))


def _may_pass(error: OSError) -> bool:
    return error.errno in (errno.EACCES, errno.EIO) or _is_sharing_error(error)
