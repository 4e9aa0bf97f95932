"""Read a fragment of HTML strictly: what is not balanced or not allowed is an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"col"}
STYLED = ("h1", "h2", "h3", "h4", "h5", "p", "caption", "col", "table")
BARE = ("strong", "colgroup", "thead", "tbody", "tr")
ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(STYLED, frozenset(("style",))),
    **dict.fromkeys(BARE, frozenset()),
    "th": frozenset(("style", "scope", "rowspan", "colspan")),
    "td": frozenset(("style", "rowspan", "colspan")),
}
"""Every tag that may occur, with the attributes it may have."""
HOLDERS = {"table", "colgroup", "thead", "tbody", "tr"}
"""Between the tags of these no text may stand."""


@dataclass
class Node:
    """One element with its attributes, its children and all the text in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def all(self, *tags: str) -> list[Node]:
        """The elements below it with one of these tags, in order."""
        below = [node for child in self.children for node in (child, *child.all(*tags))]
        return [node for node in below if node.tag in tags]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        attributes = {name: value for name, value in attrs if value is not None}
        assert len(attributes) == len(attrs)
        assert attributes.keys() <= ALLOWED[tag], attributes
        assert not any(sign in "".join(attributes.values()) for sign in ("url", "\\", "@", "<"))
        node = Node(tag, attributes)
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1].tag in HOLDERS or len(self.open) == 1:
            assert not data.strip(), data
            return
        for node in self.open:
            node.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def read_fragment(data: bytes) -> Node:
    """Parse a fragment; fails where it is not well-formed or holds what an editor may refuse."""
    reader = _Reader()
    reader.feed(data.decode("utf-8-sig"))
    reader.close()
    assert reader.open == [reader.root], "not everything is closed"
    return reader.root


def expanded(table: Node) -> list[list[Node]]:
    """The grid of a table with each cell at every place it spans; fails at gaps and overlaps."""
    places: dict[tuple[int, int], Node] = {}
    for row, line in enumerate(table.all("tr")):
        column = 0
        for cell in line.children:
            while (row, column) in places:
                column += 1
            for down in range(int(cell.attributes.get("rowspan", 1))):
                for across in range(int(cell.attributes.get("colspan", 1))):
                    assert (row + down, column + across) not in places
                    places[row + down, column + across] = cell
    rows, columns = (max(one) + 1 for one in zip(*places, strict=True))
    return [[places[row, column] for column in range(columns)] for row in range(rows)]
