"""The catalogue of the rules: what each asks for, why, what to do, with two examples."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.checks import Entry, Level, catalogue
from app.checks.examples import example_in_words
from app.checks.levels import levels
from app.settings import OFF, Settings
from ui.room import fit_dialog
from ui.theme import RESTYLED, SIGNS, colours
from ui.widgets import label

PAGE = Qt.ItemDataRole.UserRole
"""What is shown of a row at the right."""
WORDS = PAGE + 1
"""What a row is found by."""
NUMBER = PAGE + 2
SIZE = QSize(980, 600)
TURNING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
SETTINGS_NAME = "设置文件（改规则的级别）"
SWITCHED_OFF = "关闭"
WRITTEN = (("error", "强制"), ("query", "核实"), ("hint", "提示"), (OFF, "关闭，不核对"))
EXAMPLE_FILE = """[levels]
text-vs-table = "hint"
{number} = "off"

[copied]
similarity = 0.9
"""


class RulesDialog(QDialog):
    """Lists the rules at the left, found by typing; tells all of the chosen one at the right."""

    def __init__(self, settings: Settings, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("核对规则")
        self.setSizeGripEnabled(True)
        self.search = QLineEdit(placeholderText="输入字词查找，如：结转、百分比、身份证、强制")
        self.search.setAccessibleName("查找规则")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.found = QLabel()
        self.list = QListWidget()
        self.list.setObjectName("rules")
        self.list.setAccessibleName("核对规则")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = QTextBrowser()
        self.page.setAccessibleName("规则说明")
        self._fill(settings, file)
        self._arrange()
        self.search.textChanged.connect(self.narrow)
        self.list.currentItemChanged.connect(self._show)
        self.narrow()
        fit_dialog(self, SIZE)

    def narrow(self) -> None:
        """Show the rules that hold every word that is typed; choose the one of that number."""
        typed = self.search.text().lower()
        words = typed.split()
        shown = [row for row in range(self.list.count()) if self._holds(row, words)]
        for row in range(self.list.count()):
            self.list.setRowHidden(row, row not in shown)
        rules = sum(bool(row) for row in shown)
        self.found.setText(f"{rules} 条" if rules else "没有找到；换个字词试试。")
        rows = [row for row in shown if row] or shown
        numbered = [row for row in rows if self.list.item(row).data(NUMBER) == typed.strip()]
        if numbered or self.list.currentRow() not in shown:
            self.list.setCurrentRow([*numbered, *rows, -1][0])

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys choose a rule, and Escape undo the search, while one types."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in TURNING:
            QApplication.sendEvent(self.list, event)
            return True
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return False

    def _holds(self, row: int, words: list[str]) -> bool:
        searched = self.list.item(row).data(WORDS)
        return all(word in searched for word in words)

    def _fill(self, settings: Settings, file: Path) -> None:
        self._add(SETTINGS_NAME, "", _settings_page(settings, file), SETTINGS_NAME)
        in_force = levels(settings)
        for entry in catalogue().values():
            level = in_force[entry.id]
            name = f"{entry.number}　{_sign(level)}\n{entry.sentence}"
            fields = _fields(entry, level)
            words = f"{entry.number} {entry.sentence} {' '.join(text for _, text in fields)}"
            self._add(name, str(entry.number), _page(entry, fields), words)

    def _add(self, name: str, number: str, page: str, words: str) -> None:
        item = QListWidgetItem(name, self.list)
        item.setData(NUMBER, number)
        item.setData(PAGE, page)
        item.setData(WORDS, words.lower())

    def _arrange(self) -> None:
        top = QHBoxLayout()
        buddy = label("查找(&F)")
        buddy.setBuddy(self.search)
        top.addWidget(buddy)
        top.addWidget(self.search, 1)
        top.addWidget(self.found)
        halves = QSplitter()
        halves.addWidget(self.list)
        halves.addWidget(self.page)
        halves.setChildrenCollapsible(False)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        halves.setSizes([400, 580])
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(halves, 1)
        self.search.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Show other colours."""
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._show(self.list.currentItem())

    def _show(self, item: QListWidgetItem | None) -> None:
        style = f".head {{ color: {colours().faint.name()}; margin-bottom: 0; }}"
        self.page.document().setDefaultStyleSheet(style)
        self.page.setHtml(item.data(PAGE) if item else "")


def _sign(level: Level | None) -> str:
    return f"{SIGNS[level]} {level.chinese}" if level else SWITCHED_OFF


def _fields(entry: Entry, level: Level | None) -> list[tuple[str, str]]:
    """What is told of a rule: each heading with its text."""
    changed = level is not entry.level
    before = f"（程序自带：{entry.level.chinese}）" if changed else ""
    fixed = "（不能改，也不能关闭）" if entry.fixed else before
    return [
        ("级别", f"{_sign(level)}{fixed}"),
        ("依据", entry.basis),
        ("建议", entry.advice),
        ("不合规的例子", example_in_words(entry.breaks)),
        ("合规的例子", example_in_words(entry.keeps)),
        ("设置文件中的名称", f"{entry.name}，或编号 {entry.number}"),
    ]


def _page(entry: Entry, fields: list[tuple[str, str]]) -> str:
    told = "".join(
        f'{_heading(name)}<p style="margin-top:2px">{escape(text)}</p>' for name, text in fields
    )
    return f"<h3>{entry.number}. {escape(entry.sentence)}</h3>{told}"


def _heading(name: str) -> str:
    return f'<p class="head">{escape(name)}</p>'


def _settings_page(settings: Settings, file: Path) -> str:
    """Where the county's file lies, what it may hold, and what the one number in it is worth."""
    state = "现在有这个文件" if file.exists() else "现在没有这个文件，一律用程序自带的级别"
    written = "；".join(f'"{word}" {chinese}' for word, chinese in WRITTEN)
    said = [
        "县（市、区）可以统一改规则的级别：写一个文本文件（UTF-8 编码），发给各单位放在下面的位置，"
        "重新打开程序就生效。",
        f"文件位置（{state}）：",
        str(file),
        "[levels] 下面每行写一条：规则的名称或编号（见每条规则末尾），等号，级别。"
        f"级别有：{written}。标明“不能改”的规则除外。",
        "[copied] 下面的 similarity 是 0.3 到 1 之间的数：一段文字里有这么大的比例与上年报告相同，"
        f"就算照抄；现在是 {settings.similarity:g}。这个比例没有任何官方数字，"
        "程序自带的 0.8 只是我们的取值，请按本地的要求定。",
        "例如：",
    ]
    lines = "".join(f"<p>{escape(line)}</p>" for line in said)
    hinted = next(one.number for one in catalogue().values() if one.level is Level.HINT)
    example = EXAMPLE_FILE.format(number=hinted)
    return f"<h3>设置文件</h3>{lines}<pre>{escape(example)}</pre>"
