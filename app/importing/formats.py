"""Which format a file is in: told by its contents, for names lie."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from app.files import FileError
from app.importing.archive import OLD_OR_LOCKED, UNKNOWN, Archive
from app.importing.paper import Paper

LARGEST = 40 * 2**20
SUFFIXES = (".docx", ".xlsx", ".html", ".htm", ".txt", ".pdf")
"""What files that can be read are usually called."""
HEAD = 4096
MODULES = {
    "word/": "app.importing.docx",
    "xl/": "app.importing.xlsx",
    "html": "app.importing.html",
    "txt": "app.importing.txt",
    "pdf": "app.importing.pdf",
}
PAGE_SIGNS = (
    b"<!doctype html",
    b"<html",
    b"<body",
    b"<table",
    b"<p>",
    b"<p ",
    b"<div",
    b"<h1",
    b"<meta",
)
REFUSED = (
    (
        OLD_OR_LOCKED,
        "这是旧版或已加密的文件。请用 WPS 或 Word、Excel 打开，另存为 .docx 或 .xlsx 再试。",
    ),
    (b"{\\rtf", "这是写字板格式（.rtf）的文件。请用 WPS 或 Word 打开，另存为 .docx 再试。"),
    (b"MIME-Version:", "这是单个文件的网页（.mht）。请用 WPS 打开，另存为 .docx 再试。"),
    (b"\x89PNG", "这是图片，读不出数字。请找 Word、Excel 或网页格式的文件。"),
    (b"\xff\xd8\xff", "这是图片，读不出数字。请找 Word、Excel 或网页格式的文件。"),
    (b'{"schema"', "这是本程序的草稿，不用读入，直接打开就可以。"),
)
EMPTY = "文件是空的。"


def read_bytes(data: bytes) -> Paper:
    """Return what a file holds, whatever format it is in. Raises FileError."""
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not head:
        raise FileError(EMPTY)
    for sign, sentence in REFUSED:
        if head.startswith(sign):
            raise FileError(sentence)
    read: Callable[[bytes], Paper] = import_module(MODULES[_kind(data, head)]).read
    return read(data)


def _kind(data: bytes, head: bytes) -> str:
    if head.startswith(b"PK"):
        main = Archive(data).main_part()
        for folder in ("word/", "xl/"):
            if main.startswith(folder):
                return folder
        raise FileError(UNKNOWN)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    plain = head.replace(b"\0", b"").lower()  # UTF-16, too
    return "html" if any(sign in plain for sign in PAGE_SIGNS) else "txt"
