"""Office files are ZIP archives of XML: opened with suspicion, refused in Chinese."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.files import FileError

MOST_ENTRIES = 2_000
LARGEST_ENTRY = 32 * 2**20
LARGEST_ARCHIVE = 64 * 2**20
MOST_DENSE = 150
"""How much smaller than its contents an entry above `DENSE_FROM` may be packed."""
DENSE_FROM = 2**20
OLD_OR_LOCKED = bytes.fromhex("D0CF11E0")
"""How the files of old Office programs begin, and those under a password."""
ABNORMAL = "文件内容不正常（{}），为安全起见没有打开。请用 WPS 打开后另存一份再试。"
DAMAGED = "文件打不开，可能已损坏。请用 WPS 打开后另存一份再试。"
UNKNOWN = "认不出这种文件。请用 WPS 打开，另存为 .docx 或 .xlsx 再试。"


class Archive:
    """The parts of an Office file. Raises FileError at whatever no honest one holds."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise FileError(DAMAGED) from error
        _check(self._zip.infolist())
        self.names = frozenset(self._zip.namelist())
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise FileError(
                "文件带有宏，为安全起见没有打开。请另存为不带宏的 .docx 或 .xlsx 再试。"
            )

    def xml(self, name: str) -> Element:
        """The root of a part."""
        return parse(self._read(name))

    def main_part(self) -> str:
        """The part that all others hang on."""
        for name, kind in self.relations("").values():
            if kind.endswith("/officeDocument"):
                return name
        raise FileError(UNKNOWN)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The part each relation of a part leads to and its kind, by its id."""
        folder, _, file = part.rpartition("/")
        name = f"{folder}/_rels/{file}.rels".lstrip("/")
        if name not in self.names:
            return {}
        return {
            one.get("Id", ""): (_resolve(folder, one.get("Target", "")), one.get("Type", ""))
            for one in self.xml(name)
            if one.get("TargetMode") != "External"
        }

    def _read(self, name: str) -> bytes:
        try:
            with self._zip.open(name) as file:
                data = file.read(LARGEST_ENTRY + 1)
        except (KeyError, BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise FileError(DAMAGED) from error
        except (RuntimeError, NotImplementedError) as error:  # a password, an unknown packing
            raise FileError("文件加了密码，打不开。请在 WPS 里去掉密码后再试。") from error
        if len(data) > LARGEST_ENTRY:
            _refuse("内容太大")
        return data


def parse(data: bytes) -> Element:
    """Parse XML that declares nothing of its own. Raises FileError."""
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: _refuse("带有文档类型声明")
    parser.StartElementHandler = _first_element
    try:
        parser.Parse(data, True)
    except _Begun:
        pass
    except ExpatError as error:
        raise FileError(DAMAGED) from error
    try:
        return fromstring(data)  # noqa: S314 -- no document type, so no entities
    except (ParseError, ValueError, LookupError) as error:
        raise FileError(DAMAGED) from error


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace, '' where it is absent."""
    return next(
        (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), ""
    )


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of a name, whatever their namespace."""
    return (one for one in element if local(one) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant on a path of names."""
    for name in path:
        element = next(children(element, name), None) if element is not None else None
    return element


class _Begun(Exception):  # noqa: N818 -- no error: the first element is reached
    pass


def _first_element(*_: object) -> NoReturn:
    raise _Begun


def _check(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        _refuse("部件太多")
    if sum(one.file_size for one in entries) > LARGEST_ARCHIVE:
        _refuse("内容太大")
    for one in entries:
        if one.flag_bits & 1:
            raise FileError("文件加了密码，打不开。请在 WPS 里去掉密码后再试。")
        dense = one.file_size > max(one.compress_size, 1) * MOST_DENSE
        if one.file_size > LARGEST_ENTRY or (one.file_size > DENSE_FROM and dense):
            _refuse("内容太大")


def _refuse(what: str) -> NoReturn:
    raise FileError(ABNORMAL.format(what))


def _resolve(folder: str, target: str) -> str:
    parts = [] if target.startswith("/") else folder.split("/")
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(filter(None, parts))
