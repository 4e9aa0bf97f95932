"""The last step: the verdict, and the files to take away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.export import formats
from app.export.document import UNCHECKED_MARK, Document
from app.export.formats import FORMATS
from tests.reports import at
from tests.ui.conftest import Key, Modifier, children, press, review, table
from ui.pages.review import ReviewPage
from ui.window import MainWindow

TITLE = "青石镇2026年政府信息公开工作年度报告"


def export(qtbot: QtBot, page: ReviewPage, folder: Path, *names: str) -> str:
    """Export by the button and return what is said in the end."""
    page.folder.setText(str(folder))
    for name, box in page.formats.items():
        box.setChecked(name in names)
    QTest.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.export_button.isEnabled, timeout=20_000)
    return page.result.text()


def steps(page: ReviewPage) -> list[tuple[str, str]]:
    """Each step the page lists with its state."""
    grid = page._steps
    listed = []
    for row in range(grid.rowCount()):
        items = [grid.itemAtPosition(row, column) for column in (0, 1)]
        texts = [item.widget() for item in items if item]
        listed.append(tuple(one.text() for one in texts if isinstance(one, QLabel)))
    return [one for one in listed if len(one) == 2]


def test_that_a_report_without_fault_passes_and_what_that_means_is_said(
    zeros: MainWindow,
) -> None:
    page = review(zeros)
    assert page._verdict.text() == "✓ 校验通过"
    assert page._meaning.text() == (
        "表示表内与表间数字关系成立；内容是否真实、是否应公开，由本单位负责。"
    )
    assert {state for _, state in steps(page)} == {"✓ 完成"}
    assert len(steps(page)) == 7


def test_that_what_is_open_is_counted_and_listed_step_by_step(zeros: MainWindow) -> None:
    page = review(zeros)
    zeros.bridge.session.fill(
        {at("disclosure.coercion.decisions"): "-3", at("disputes.review.upheld"): ""}, "改"
    )
    zeros.bridge.session.write("problems", "")
    zeros.bridge.read_texts()

    assert page._verdict.text() == "✖ 还不能上报：强制 1 处，待填 2 处"
    assert "未通过校验，仅供核对" in page._meaning.text()
    assert dict(steps(page)) == dict.fromkeys(
        ("开始", "一 总体情况", "三 申请情况", "六 其他事项"), "✓ 完成"
    ) | {
        "二 主动公开": "✖ 强制 1",
        "四 复议诉讼": "○ 待填 1",
        "五 问题与改进": "○ 待填 1",
    }


def test_that_the_page_is_up_to_date_when_it_is_opened_again(zeros: MainWindow) -> None:
    page = review(zeros)
    table(zeros, "disputes")
    press(zeros, "5", Key.Key_Delete, Key.Key_Return)
    zeros.bridge.session.type(at("disputes.review.upheld"), "")

    assert review(zeros)._verdict.text() == "✖ 还不能上报：待填 1 处"
    assert review(zeros) is page


def test_that_each_step_can_be_opened_from_the_list(zeros: MainWindow) -> None:
    page = review(zeros)
    button = next(
        one for one in children(page, QPushButton) if one.accessibleName() == "打开三 申请情况"
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert zeros._pages["requests"].isVisible()


def test_that_the_export_writes_every_file_and_lists_them(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = review(zeros)
    assert page.export_button.hasFocus()
    assert page.folder.text() == str(zeros.bridge.path.parent if zeros.bridge.path else "")

    said = export(qtbot, page, tmp_path / "新文件夹", *FORMATS)

    written = [tmp_path / "新文件夹" / f"{TITLE}{one.suffix}" for one in FORMATS.values()]
    assert said.splitlines() == [f"✓ 已导出：{path}" for path in written]
    assert written[0].read_bytes().startswith(b"%PDF-")
    assert docx.Document(str(written[1])).paragraphs[0].text == TITLE
    assert load_workbook(written[2])
    assert page._open_folder.isVisible()


def test_that_an_unclean_export_bears_its_mark(
    blank: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    export(qtbot, review(blank), tmp_path, "xlsx")
    book = load_workbook(tmp_path / f"{TITLE}.xlsx")
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert any(UNCHECKED_MARK in one for one in texts)


def test_that_an_export_without_a_format_or_a_folder_asks_for_it(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = review(zeros)
    assert export(qtbot, page, tmp_path) == "请先选择文件夹和至少一种格式。"
    page.folder.setText(" ")
    page.formats["xlsx"].setChecked(True)
    page.start_export()
    assert page.result.text() == "请先选择文件夹和至少一种格式。"
    assert not list(tmp_path.glob("*.xlsx"))


def test_that_a_folder_is_given_by_its_whole_path(zeros: MainWindow) -> None:
    page = review(zeros)
    page.folder.setText("报告/2026")
    page.start_export()
    assert "不是完整的文件夹路径" in page.result.text()


def test_that_the_focus_comes_back_to_the_button_after_an_export(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = review(zeros)
    page.folder.setText(str(tmp_path))
    assert page.export_button.hasFocus()
    press(zeros, Key.Key_Space)
    qtbot.waitUntil(lambda: "已导出" in page.result.text())
    assert page.export_button.hasFocus()


def test_that_a_folder_that_cannot_be_used_is_told_in_a_sentence(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("x")
    said = export(qtbot, review(zeros), tmp_path / "文件" / "里面", "xlsx")
    assert said.startswith("✖ ")
    assert "找不到文件夹" in said
    assert said.endswith("。")


def test_that_a_file_held_by_another_program_is_told_with_the_new_name(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / f"{TITLE}.html").mkdir()
    done, told = export(qtbot, review(zeros), tmp_path, "html").splitlines()
    assert done == f"✓ 已导出：{tmp_path / TITLE}（2）.html"
    assert told.startswith(f"! “{TITLE}.html”不能替换，可能正在 WPS")
    assert told.endswith("。")


def test_that_a_fault_of_ours_while_exporting_is_told_and_noted(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *fault: faults.append(fault[0]))
    monkeypatch.setattr(formats, "document_of", lambda _: 1 / 0)
    said = export(qtbot, review(zeros), tmp_path, "xlsx")

    assert said == "✖ 导出时程序出错，没有完成。草稿没有受影响。"
    qtbot.waitUntil(lambda: faults == [ZeroDivisionError])


@pytest.fixture
def slow_export(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """An export that waits for this event in its midst."""
    go_on = threading.Event()

    def render(_form: object, _document: Document) -> bytes:
        go_on.wait(10)
        return b"written"

    monkeypatch.setattr(formats.Format, "render", render)
    yield go_on
    go_on.set()


def test_that_the_window_stays_alive_and_the_button_waits_while_exporting(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path, slow_export: threading.Event
) -> None:
    page = review(zeros)
    page.folder.setText(str(tmp_path))
    press(zeros, Key.Key_X, modifier=Modifier.AltModifier)
    qtbot.waitUntil(lambda: page.result.text() == "正在导出…")
    assert not page.export_button.isEnabled()
    table(zeros, "disputes")
    press(zeros, "7", Key.Key_Return)
    assert zeros.bridge.report.cells[at("disputes.review.upheld")] == 7

    slow_export.set()
    qtbot.waitUntil(page.export_button.isEnabled)
    assert (tmp_path / f"{TITLE}.pdf").read_bytes() == b"written"


def test_that_closing_the_window_waits_for_an_export(
    zeros: MainWindow, tmp_path: Path, slow_export: threading.Event
) -> None:
    page = review(zeros)
    page.folder.setText(str(tmp_path))
    page.start_export()
    timer = threading.Timer(0.2, slow_export.set)
    timer.start()

    zeros.close()

    assert (tmp_path / f"{TITLE}.xlsx").read_bytes() == b"written"
    timer.join()
