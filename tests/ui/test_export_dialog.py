"""The export: names, folder, progress, cancelling, and what there is in the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.checks import Checked
from app.drafts.store import fingerprint
from app.export import Written, formats
from app.export.document import UNCHECKED_MARK, Document
from app.export.formats import FORMATS
from app.preferences import preference, set_preference
from tests.reports import at
from tests.ui.conftest import Key, Modifier, back_to, press, review, table
from ui import exporting
from ui.export_dialog import NO_OPENER, ExportDialog
from ui.exporting import SHEET
from ui.pages.review import ReviewPage
from ui.window import MainWindow

TITLE = "青石镇2026年政府信息公开工作年度报告"


def opened(page: ReviewPage, folder: Path, *names: str) -> ExportDialog:
    """The dialog with a folder and these files chosen."""
    dialog = page.export_dialog()
    dialog.folder.setText(str(folder))
    for name, box in dialog.formats.items():
        box.setChecked(name in names)
    return dialog


def export(qtbot: QtBot, page: ReviewPage, folder: Path, *names: str) -> str:
    """Export by the button and return what is said in the end."""
    dialog = opened(page, folder, *names)
    dialog.export_button.click()
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=20_000)
    dialog.close()
    return dialog.outcome.text()


def files(dialog: ExportDialog) -> list[str]:
    return [dialog.files.item(row).text() for row in range(dialog.files.count())]


def test_that_the_export_writes_every_file_and_lists_them(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(review(zeros), tmp_path / "新文件夹", *FORMATS, SHEET)
    dialog.export_button.click()
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=20_000)

    written = {
        name: tmp_path / "新文件夹" / f"{TITLE}{one.suffix}" for name, one in FORMATS.items()
    }
    sheet = tmp_path / "新文件夹" / f"{TITLE}核对单.pdf"
    assert dialog.outcome.text() == f"✓ 已导出 5 个文件，在：{tmp_path / '新文件夹'}"
    assert files(dialog) == [f"✓ {path.name}" for path in (*written.values(), sheet)]
    assert written["pdf"].read_bytes().startswith(b"%PDF-")
    assert docx.Document(str(written["docx"])).paragraphs[0].text == TITLE
    assert load_workbook(written["xlsx"])
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert dialog.open_file.hasFocus()
    assert dialog.open_folder.isVisible()
    dialog.close()


def test_that_the_names_are_shown_before(zeros: MainWindow, tmp_path: Path) -> None:
    dialog = opened(review(zeros), tmp_path, "pdf", "xlsx", SHEET)
    assert dialog.names.text() == f"文件名：《{TITLE}》.pdf、.xlsx、《{TITLE}核对单》.pdf"
    zeros.bridge.session.entitle("青石镇年报")
    assert dialog.names.text().startswith("文件名：《青石镇年报》.pdf")
    dialog.close()


def test_that_the_mark_is_told_before_an_unclean_export_and_borne_by_the_file(
    blank: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = review(blank)
    assert UNCHECKED_MARK in page._meaning.text()
    assert UNCHECKED_MARK in page.export_dialog().state.text()
    export(qtbot, page, tmp_path, "xlsx")
    book = load_workbook(tmp_path / f"{TITLE}.xlsx")
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert any(UNCHECKED_MARK in one for one in texts)


def test_that_a_clean_export_says_so(zeros: MainWindow) -> None:
    dialog = review(zeros).export_dialog()
    assert dialog.state.text() == "✓ 校验通过，文件不带标记。"
    zeros.bridge.session.type(at("disputes.review.upheld"), "")
    assert UNCHECKED_MARK in dialog.state.text()
    dialog.close()


def test_that_folder_and_formats_are_remembered(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = review(zeros)
    dialog = page.export_dialog()
    assert zeros.bridge.path
    assert dialog.folder.text() == str(zeros.bridge.path.parent)
    assert all(dialog.formats[name].isChecked() for name in FORMATS)
    assert not dialog.formats[SHEET].isChecked()

    export(qtbot, page, tmp_path / "上报", "pdf", SHEET)
    zeros.work.desk.close()
    zeros.start.example_wanted.emit()
    again = review(back_to(zeros)).export_dialog()
    assert again is not dialog
    assert again.folder.text() == str(tmp_path / "上报")
    assert [name for name, box in again.formats.items() if box.isChecked()] == ["pdf", SHEET]
    again.close()


@pytest.mark.parametrize("name", ["拔出的U盘", "长" * 300])  # gone; an error to look for
def test_that_a_remembered_folder_that_is_gone_is_not_offered(
    zeros: MainWindow, tmp_path: Path, name: str
) -> None:
    set_preference("export_folder", str(tmp_path / name))
    dialog = review(zeros).export_dialog()
    assert zeros.bridge.path
    assert dialog.folder.text() == str(zeros.bridge.path.parent)
    dialog.close()


def test_that_an_export_without_a_format_or_a_folder_asks_for_it(
    zeros: MainWindow, tmp_path: Path
) -> None:
    dialog = opened(review(zeros), tmp_path)
    dialog.start()
    assert dialog.outcome.text() == "请先选择文件夹和至少一种格式。"
    dialog.folder.setText(" ")
    dialog.formats["xlsx"].setChecked(True)
    dialog.start()
    assert dialog.outcome.text() == "请先选择文件夹和至少一种格式。"
    dialog.folder.setText("报告/2026")
    dialog.start()
    assert "不是完整的文件夹路径" in dialog.outcome.text()
    assert not list(tmp_path.glob("*.xlsx"))
    assert preference("export_folder", "") == ""
    dialog.close()


def test_that_a_folder_that_cannot_be_used_is_told_in_a_sentence(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("x")
    said = export(qtbot, review(zeros), tmp_path / "文件" / "里面", "xlsx")
    assert said.startswith("✖ ")
    assert "文件夹" in said.partition("：")[2]  # why, in the words of this system
    assert said.endswith("。")


def test_that_a_file_held_by_another_program_is_told_with_the_new_name(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / f"{TITLE}.html").mkdir()
    dialog = opened(review(zeros), tmp_path, "html")
    dialog.export_button.click()
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=20_000)
    done, told = files(dialog)[0].splitlines()
    assert done == f"✓ {TITLE}（2）.html"
    assert told.startswith(f"! “{TITLE}.html”不能替换，可能正在 WPS")
    dialog.close()


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


def test_that_the_window_stays_alive_and_progress_is_shown(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path, slow_export: threading.Event
) -> None:
    dialog = opened(review(zeros), tmp_path, "pdf", "xlsx")
    dialog.start()
    qtbot.waitUntil(lambda: dialog.outcome.text() == "正在导出PDF 报告（1/2）…")
    assert dialog.progress.isVisible()
    assert not dialog.export_button.isEnabled()
    table(back_to(zeros), "disputes")
    press(zeros, "7", Key.Key_Return)
    assert zeros.bridge.report.cells[at("disputes.review.upheld")] == 7

    slow_export.set()
    qtbot.waitUntil(dialog.export_button.isEnabled)
    assert (tmp_path / f"{TITLE}.pdf").read_bytes() == b"written"
    assert not dialog.progress.isVisible()
    dialog.close()


def test_that_cancelling_finishes_the_file_in_hand_and_writes_no_other(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path, slow_export: threading.Event
) -> None:
    dialog = opened(review(zeros), tmp_path, "pdf", "xlsx")
    dialog.start()
    qtbot.waitUntil(lambda: "1/2" in dialog.outcome.text())
    press(dialog, Key.Key_Escape)
    assert dialog.isVisible()
    slow_export.set()
    qtbot.waitUntil(dialog.export_button.isEnabled)
    assert "已取消；前面导出的文件留在文件夹里。" in dialog.outcome.text()
    assert [one.name for one in tmp_path.glob(f"{TITLE}*")] == [f"{TITLE}.pdf"]
    press(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_closing_the_window_waits_for_the_files_chosen(
    zeros: MainWindow, tmp_path: Path, slow_export: threading.Event
) -> None:
    dialog = opened(review(zeros), tmp_path, "pdf", "xlsx")
    dialog.start()
    timer = threading.Timer(0.2, slow_export.set)
    timer.start()
    zeros.close()
    assert (tmp_path / f"{TITLE}.xlsx").read_bytes() == b"written"
    timer.join()


def test_that_all_of_it_is_done_by_keyboard(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    set_preference("export_folder", str(tmp_path))
    review(zeros)
    press(zeros, Key.Key_E, modifier=Modifier.ControlModifier)
    page = review(zeros)
    dialog = page.export_dialog()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.export_button.hasFocus)
    for name in ("docx", "html", "xlsx"):
        dialog.formats[name].setFocus()
        press(dialog, Key.Key_Space)
    press(dialog, Key.Key_X, modifier=Modifier.AltModifier)
    qtbot.waitUntil(lambda: "已导出 1 个文件" in dialog.outcome.text(), timeout=20_000)
    assert (tmp_path / f"{TITLE}.pdf").exists()
    press(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_file_and_folder_are_opened_by_the_systems_programs(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(review(zeros), tmp_path, "xlsx", "html")
    dialog.start()
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=20_000)
    asked: list[Path] = []

    def open_url(url: QUrl) -> bool:
        asked.append(Path(url.toLocalFile()))
        return len(asked) < 3

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    dialog.open_file.click()
    dialog.open_folder.click()
    dialog.files.setCurrentRow(1)
    dialog.open_file.click()
    assert asked == [tmp_path / f"{TITLE}.xlsx", tmp_path, tmp_path / f"{TITLE}.html"]
    assert dialog.outcome.text() == NO_OPENER
    dialog.close()


def test_that_the_folder_is_chosen_by_the_systems_dialog(
    zeros: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = review(zeros).export_dialog()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog._choose_folder()
    assert dialog.folder.text() == str(tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    dialog._choose_folder()
    assert dialog.folder.text() == str(tmp_path)
    dialog.close()


def test_that_the_sheet_bears_the_fingerprint_of_the_saved_draft(
    zeros: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def take(_checked: Checked, folder: Path, mark: str, _version: str) -> Written:
        told.append(mark)
        return Written(folder / "核对单.pdf")

    monkeypatch.setattr(exporting, "export_review_sheet", take)
    export(qtbot, review(zeros), tmp_path, SHEET)
    assert zeros.bridge.path
    assert told == [fingerprint(zeros.bridge.report)]
    assert told[0] in zeros.bridge.path.read_text(encoding="utf-8")


def test_that_nothing_can_be_exported_of_a_report_that_has_been_put_away(
    zeros: MainWindow, tmp_path: Path
) -> None:
    dialog = opened(review(zeros), tmp_path, "pdf")
    assert dialog.isVisible()
    assert zeros.work.desk.close()
    assert not dialog.isVisible()
