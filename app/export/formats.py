"""The formats a report can be written in, and how it is put on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from app.characters import printable
from app.checks import Checked
from app.export.document import Document, document_of
from app.export.guide import guide_of
from app.export.review_sheet import review_sheet_of
from app.files import FileError, explain, safe_name, write_or_beside
from app.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    """One file format. Its module is imported when it is first used: the libraries are heavy."""

    suffix: str
    chinese: str
    module: str

    def render(self, document: Document) -> bytes:
        """Return the whole file."""
        render: Callable[[Document], bytes] = import_module(self.module).render
        return render(document)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is there now; a sentence where it has another name than it should have."""

    path: Path
    notice: str = ""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "pdf": Format(".pdf", "PDF 报告", "app.export.pdf"),
        "docx": Format(".docx", "Word 文档", "app.export.docx"),
        "xlsx": Format(".xlsx", "Excel 表格", "app.export.xlsx"),
        "html": Format(".html", "网页片段", "app.export.html"),
    }
)


def export(checked: Checked, folder: Path, names: Iterable[str]) -> Iterator[Written]:
    """Write the report in each named format and yield each file once it is there whole.

    A file that cannot be replaced, open in another program perhaps, is left alone: the new one
    stands beside it. Nothing is written before every format is ready. Raises FileError; a file
    written before stays.
    """
    return _put(document_of(checked), folder, names)


def export_review_sheet(checked: Checked, folder: Path, fingerprint: str, version: str) -> Written:
    """Write the review sheet as a PDF beside the report, as `export` writes. Raises FileError.

    `fingerprint` is that of the draft, `version` the program's.
    """
    return next(_put(review_sheet_of(checked, fingerprint, version), folder, ["pdf"]))


def export_guide(folder: Path, version: str) -> Written:
    """Write the guide on installing and keeping the program as a PDF. Raises FileError."""
    return next(_put(guide_of(version), folder, ["pdf"]))


def official_name(report: Report) -> str:
    """What the files of a report are called, without the ending of their format."""
    return safe_name(printable(report.title).replace("\n", ""))


def _put(document: Document, folder: Path, names: Iterable[str]) -> Iterator[Written]:
    files = [(FORMATS[name].suffix, _rendered(FORMATS[name], document)) for name in names]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"不能使用文件夹“{folder}”：{explain(error)}") from error
    except ValueError as error:  # a NUL in the path
        raise FileError(f"“{folder}”不能作文件夹名，请换一个。") from error
    for suffix, data in files:
        yield _write(folder / (safe_name(document.title) + suffix), data)


def _write(path: Path, data: bytes) -> Written:
    written = write_or_beside(path, data)
    if written == path:
        return Written(path)
    held = f"“{path.name}”不能替换，可能正在 WPS、Excel 等程序里打开"
    return Written(written, f"{held}；新的另存为“{written.name}”，原来的没有动。")


def _rendered(form: Format, document: Document) -> bytes:
    """A library may need the disk while it works, so it may fail like a disk."""
    try:
        return form.render(document)
    except OSError as error:
        raise FileError(f"没有导出 {form.chinese}：{explain(error)}") from error
