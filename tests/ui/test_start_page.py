"""The first step: whose report, on which form; and the drafts one may go on with."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.drafts import DraftFile, load
from app.paths import documents, examples
from app.report import Kind
from tests.drafts.examples import as_json, values
from tests.reports import all_zeros, found
from tests.ui.conftest import Dialogs, Key, Modifier, begin, paste, press, saved, table, text
from ui.window import MainWindow

ORGAN = "青石镇人民政府"
DRAFT = "青石镇2026年政府信息公开工作年度报告.json"


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def name(window: MainWindow, organ: str) -> None:
    """Write the organ's name into its field."""
    window.start.organ.setFocus()
    window.start.organ.selectAll()
    paste(window, organ)


def choose(window: MainWindow, box: QComboBox, label: str) -> None:
    """Choose an entry by the arrow keys, as it is done without a mouse."""
    box.setFocus()
    press(window, Key.Key_Home)
    for _ in range(box.count()):
        if box.currentText().startswith(label):
            return
        press(window, Key.Key_Down)
    raise AssertionError(label)


def test_that_a_report_can_be_made_once_it_has_an_organ(window: MainWindow) -> None:
    assert window.start.organ.hasFocus()
    assert not window.start.new.isEnabled()
    name(window, "   ")
    assert not window.start.new.isEnabled()
    assert not documents().exists()

    name(window, ORGAN)
    click(window.start.new)

    assert (documents() / DRAFT).is_file()
    assert load(documents() / DRAFT).report.organ == ORGAN
    assert window.rail.current_row() == 1
    assert text(window, "overview").editors["overview"].hasFocus()
    assert saved(window).endswith(DRAFT)


def test_that_enter_in_the_name_makes_the_report(window: MainWindow) -> None:
    name(window, ORGAN)
    press(window, Key.Key_Return)
    assert window.bridge.path == documents() / DRAFT


def test_that_a_second_report_of_the_same_name_gets_a_file_of_its_own(window: MainWindow) -> None:
    for _ in range(2):
        window.work.desk.close()
        name(window, ORGAN)
        click(window.start.new)
    assert window.bridge.path == documents() / DRAFT.replace(".json", "（2）.json")


@pytest.mark.parametrize(
    ("organ", "kind"),
    [
        (ORGAN, "乡镇"),
        ("城东街道办事处", "街道"),
        ("青石县林业局", "部门"),
        ("青石县人民政府", "县"),
    ],
)
def test_that_the_kind_is_told_from_the_name(window: MainWindow, organ: str, kind: str) -> None:
    name(window, organ)
    assert window.start.kind.currentText().startswith(f"按名称判断（{kind}")


def test_that_a_kind_chosen_by_hand_stays_until_the_name_is_asked_again(
    window: MainWindow,
) -> None:
    name(window, "青石林场")
    choose(window, window.start.kind, "乡镇")
    kinds = [window.bridge.report.kind]
    name(window, "城东街道办事处")
    kinds.append(window.bridge.report.kind)
    choose(window, window.start.kind, "按名称判断")
    kinds.append(window.bridge.report.kind)
    assert kinds == [Kind.TOWNSHIP, Kind.TOWNSHIP, Kind.SUBDISTRICT]


@pytest.mark.parametrize(
    ("year", "version"), [("2019", "2019"), ("2020", "2019"), ("2021", "2021"), ("2025", "2021")]
)
def test_that_the_year_chooses_the_form(window: MainWindow, year: str, version: str) -> None:
    choose(window, window.start.year, year)
    assert window.bridge.report.year == int(year)
    assert window.bridge.report.form.version == version
    assert window.start.form.currentData() == version


def test_that_a_form_chosen_against_the_year_is_taken_and_found(blank: MainWindow) -> None:
    choose(blank, blank.start.form, "2019")
    assert blank.bridge.report.form.version == "2019"
    assert ("form-of-year", "") in found(blank.bridge.session)
    assert blank.start.form.hasFocus()

    choose(blank, blank.start.form, "2021")
    assert ("form-of-year", "") not in found(blank.bridge.session)


def test_that_a_form_against_the_year_is_warned_of_on_the_spot_and_without_a_dialog(
    blank: MainWindow, dialogs: Dialogs
) -> None:
    blank.rail.open("start")
    blank.bridge.session.fill({one.cell: "4" for one in blank.bridge.report.form.typed()}, "填")
    warning = blank.start._form_warning
    assert not warning.isVisible()
    choose(blank, blank.start.form, "2019")
    assert warning.isVisible()
    assert warning.text().startswith("! 2026 年度应当用2021年格式，请改回；")
    assert re.search(r"另一种格式里填过的 \d+ 格没有丢", warning.text())
    choose(blank, blank.start.form, "2021")
    assert not warning.isVisible()
    choose(blank, blank.start.year, "2020")
    assert not warning.isVisible()
    assert not dialogs.said


def test_that_figures_of_the_other_form_are_kept_aside(blank: MainWindow) -> None:
    blank.bridge.session.fill({one.cell: "4" for one in blank.bridge.report.form.typed()}, "填")
    kept = blank.bridge.report.cells
    choose(blank, blank.start.year, "2020")
    choose(blank, blank.start.year, "2026")
    assert blank.bridge.report.cells == kept


@pytest.mark.parametrize(
    "typed", ["2027-01-12", "2027年1月12日", "2027.1.12", "2027/1/12", " ２０２７-1-12 "]
)
def test_that_a_date_is_accepted_in_the_usual_spellings(window: MainWindow, typed: str) -> None:
    window.start.day.setFocus()
    paste(window, typed)
    press(window, Key.Key_Tab)
    assert window.bridge.report.date == date(2027, 1, 12)
    assert window.start.day.text() == "2027-01-12"


@pytest.mark.parametrize("typed", ["一月十二日", "2027-13-40", "27-1-12", "2027-01"])
def test_that_what_is_no_date_is_refused_with_a_sentence_and_left_to_correct(
    blank: MainWindow, typed: str
) -> None:
    blank.start.day.setFocus()
    paste(blank, "2027-01-12")
    press(blank, Key.Key_Return)
    blank.start.day.selectAll()
    paste(blank, typed)
    press(blank, Key.Key_Tab)

    assert blank.start._state.text().startswith(f"“{typed}”不是日期")
    assert blank.start.day.text() == typed
    assert str(blank.bridge.report.date) == "2027-01-12"
    name(blank, "另一个镇人民政府")
    assert blank.start.day.text() == typed

    blank.start.day.setFocus()
    blank.start.day.selectAll()
    press(blank, Key.Key_Delete, Key.Key_Tab)
    assert blank.bridge.report.date is None
    assert "不是日期" not in blank.start._state.text()


def test_that_undo_is_shown_in_the_field_it_concerns(blank: MainWindow) -> None:
    name(blank, "青石乡人民政府")
    blank.work.undoing.undo()  # by the menu, which leaves the focus in the field
    assert blank.start.organ.text() == ORGAN == blank.bridge.report.organ


def test_that_drafts_opened_lately_are_listed_newest_first_and_opened_by_a_click(
    window: MainWindow, home: Path
) -> None:
    for organ in ("甲镇人民政府", "乙镇人民政府"):
        window.work.desk.close()
        name(window, organ)
        press(window, Key.Key_Return)
    window.rail.open("start")
    recent = window.start.recent
    names = [recent.item(row).text().partition("\n")[0] for row in range(recent.count())]
    assert [one[:2] for one in names] == ["乙镇", "甲镇"]

    place = recent.visualRect(recent.item(1).index()).center()
    QTest.mouseClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert window.bridge.report.organ == "甲镇人民政府"
    assert window.rail.current_row() == 1


def test_that_without_drafts_the_list_says_so(window: MainWindow) -> None:
    assert window.start.recent.item(0).text() == "（还没有草稿）"
    place = window.start.recent.visualRect(window.start.recent.item(0).index()).center()
    QTest.mouseClick(window.start.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.bridge.draft is None


@pytest.mark.parametrize(
    ("key", "bundled", "prefix"),
    [(Key.Key_S, "qingshi-2026.json", "示例"), (Key.Key_P, "practice-2026.json", "练习")],
)
def test_that_example_and_practice_open_as_copies(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, bundled: str, prefix: str
) -> None:
    before = (examples() / bundled).read_bytes()
    press(window, key, modifier=Modifier.AltModifier)
    qtbot.waitUntil(lambda: window.bridge.draft is not None)
    window.bridge.session.name_organ("改过的镇人民政府")
    assert window.work.autosave.save_now()

    assert window.bridge.path == documents() / f"{prefix} {DRAFT}"
    assert (examples() / bundled).read_bytes() == before
    assert sorted(one.name for one in examples().iterdir()) == [
        "README.md",
        "practice-2026.json",
        "qingshi-2026.json",
    ]


SOUND = as_json(values())
DAMAGED = {
    "truncated": (SOUND[: len(SOUND) // 2], "读不出来"),
    "empty": (b"", "读不出来"),
    "no JSON": (b"%PDF-1.4", "读不出来"),
    "newer": (as_json(values(schema=99)), "请升级本程序"),
    "wrong types": (as_json(values(year="2026")), "year"),
    "unknown form": (as_json(values(form="1999")), "1999"),
    "NUL": (bytes(500), "读不出来"),
}


@pytest.mark.parametrize("name_of", DAMAGED)
def test_that_a_draft_that_cannot_be_read_is_told_in_a_sentence_and_left_alone(
    blank: MainWindow, dialogs: Dialogs, home: Path, name_of: str
) -> None:
    data, words = DAMAGED[name_of]
    path = home / "坏.json"
    path.write_bytes(data)
    open_before = blank.bridge.path
    blank.bridge.session.write("overview", "打开别的之前写的话")

    blank.open_draft(path)

    (sentence,) = dialogs.said
    assert words in sentence
    assert "坏.json" in sentence
    assert path.read_bytes() == data
    assert [one.name for one in home.glob("坏*")] == ["坏.json"]
    assert open_before
    assert blank.bridge.path == open_before
    assert load(open_before).report.text("overview") == "打开别的之前写的话"


def test_that_opening_the_draft_that_is_open_changes_nothing(
    blank: MainWindow, dialogs: Dialogs
) -> None:
    blank.bridge.session.write("overview", "正在写")
    path = blank.bridge.path
    assert path

    blank.open_draft(path)

    assert blank.bridge.report.text("overview") == "正在写"
    assert blank.bridge.session.undo_name
    assert dialogs.said == []


def written_twice_and_closed(window: MainWindow) -> Path:
    """A draft with an earlier state kept beside it; the desk is empty."""
    for words in ("第一稿", "第二稿"):
        window.bridge.session.write("overview", words)
        assert window.work.autosave.save_now()
    path = window.bridge.path
    assert path
    window.work.desk.close()
    return path


@pytest.mark.parametrize("accepted", [True, False])
def test_that_the_last_good_save_is_offered_for_a_draft_changed_elsewhere(
    blank: MainWindow, dialogs: Dialogs, accepted: bool
) -> None:
    path = written_twice_and_closed(blank)
    path.write_bytes(path.read_bytes().replace("第二稿".encode(), "别处改".encode()))
    dialogs.answer = accepted

    blank.open_draft(path)

    assert "在本程序之外被改动过" in dialogs.said[0]
    assert "可以打开最近一次完好的保存" in dialogs.said[0]
    assert blank.bridge.report.text("overview") == ("第一稿" if accepted else "别处改")
    assert blank.bridge.path == path


def test_that_the_findings_stand_beside_a_report_only(window: MainWindow) -> None:
    assert not window.work.findings.isVisible()
    name(window, "青石镇人民政府")
    assert window.work.desk.create()
    assert window.work.findings.isVisible()


def test_that_a_missing_draft_is_told_in_a_sentence(
    window: MainWindow, dialogs: Dialogs, home: Path
) -> None:
    window.open_draft(home / "没有.json")
    (sentence,) = dialogs.said
    assert sentence.startswith("打不开“没有.json”：找不到")
    assert window.rail.current_row() == 0


def test_that_a_draft_in_gbk_is_opened_and_its_encoding_told(
    window: MainWindow, dialogs: Dialogs, home: Path
) -> None:
    path = home / "旧.json"
    path.write_bytes(SOUND.decode().encode("gb18030"))
    window.open_draft(path)

    assert window.bridge.report.organ == ORGAN
    assert len(dialogs.said) == 1
    assert "GB" in dialogs.said[0]
    assert path.read_bytes().decode("gb18030") == SOUND.decode()


@pytest.mark.parametrize("accepted", [True, False])
def test_that_the_last_good_save_is_offered_for_a_damaged_draft(
    blank: MainWindow, dialogs: Dialogs, accepted: bool
) -> None:
    path = written_twice_and_closed(blank)
    path.write_bytes(b"{")
    dialogs.answer = accepted

    blank.open_draft(path)

    assert re.search(
        r"完好的保存（\d{4}-.{14}）；现在这个文件（\d{4}-.{14} 写入）", dialogs.said[0]
    )
    assert len(dialogs.said) == 1
    asides = [one.read_bytes() for one in path.parent.glob("*.damaged-*")]
    if accepted:
        assert blank.bridge.path == path
        assert blank.bridge.report.text("overview") == "第一稿"
        assert asides == [b"{"]
    else:
        assert blank.bridge.draft is None
        assert path.read_bytes() == b"{"
        assert asides == []


def test_that_a_draft_open_in_another_window_is_noticed(
    blank: MainWindow, open_window: Callable[[], MainWindow], dialogs: Dialogs
) -> None:
    path = blank.bridge.path
    assert path
    dialogs.answer = False
    second = open_window()
    second.open_draft(path)

    assert dialogs.said[0].startswith("这份草稿正在另一个窗口里编辑（本机，20")
    assert second.bridge.draft is None
    assert dialogs.careful
    blank.bridge.session.write("overview", "还是它的")
    assert blank.work.autosave.save_now()
    assert blank.bridge.path == path
    assert len(dialogs.said) == 1


def test_that_a_draft_taken_over_is_saved_here_and_beside_by_the_other_window(
    blank: MainWindow, open_window: Callable[[], MainWindow], dialogs: Dialogs
) -> None:
    path = blank.bridge.path
    assert path
    second = open_window()
    second.open_draft(path)
    assert second.bridge.path == path

    blank.bridge.session.write("overview", "先前的窗口")
    assert blank.work.autosave.save_now()
    second.bridge.session.write("overview", "接着用的窗口")
    assert second.work.autosave.save_now()

    assert load(path).report.text("overview") == "接着用的窗口"
    beside = path.with_name(f"{path.stem}（冲突 2）.json")
    assert load(beside).report.text("overview") == "先前的窗口"
    assert (blank.bridge.path, second.bridge.path) == (beside, path)
    assert dialogs.said[1].startswith("这份草稿在别处被改动过")
    assert len(dialogs.said) == 2


def test_that_what_the_other_window_saved_while_the_question_stood_is_not_lost(
    blank: MainWindow,
    open_window: Callable[[], MainWindow],
    dialogs: Dialogs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = blank.bridge.path
    assert path
    second = open_window()

    def meanwhile(*_: object, **__: object) -> bool:
        blank.bridge.session.write("overview", "提问时保存的")
        return blank.work.autosave.save_now()

    monkeypatch.setattr("ui.widgets.ask", meanwhile)
    second.open_draft(path)
    assert second.bridge.report.text("overview") == "提问时保存的"
    assert second.bridge.path == path


def test_that_asking_for_another_draft_in_vain_leaves_one_where_one_was(
    blank: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = table(blank, "requests").view
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    press(blank, Key.Key_O, modifier=Modifier.ControlModifier)
    assert view.hasFocus()
    assert blank.rail.steps[blank.rail.current_row()].id == "requests"


def test_that_a_draft_let_go_while_the_question_stood_is_simply_opened(
    blank: MainWindow,
    open_window: Callable[[], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = blank.bridge.path
    assert path
    before = path.read_bytes()
    second = open_window()
    monkeypatch.setattr("ui.widgets.ask", lambda *_, **__: blank.work.desk.close())
    second.open_draft(path)
    assert second.bridge.path == path
    assert path.read_bytes() == before


def test_that_a_draft_closed_in_one_window_is_free_for_another(
    blank: MainWindow, open_window: Callable[[], MainWindow], dialogs: Dialogs
) -> None:
    path = blank.bridge.path
    assert path
    blank.work.desk.close()
    open_window().open_draft(path)
    assert not dialogs.said


def test_that_a_folder_that_takes_no_file_is_told_in_a_sentence(
    window: MainWindow, dialogs: Dialogs, home: Path
) -> None:
    (home / "drafts").write_text("a file where the folder should be")
    name(window, ORGAN)
    press(window, Key.Key_Return)

    (sentence,) = dialogs.said
    assert "找不到文件" in sentence  # Windows does not tell a file in the way from nothing there
    assert window.bridge.draft is None
    assert window.start.organ.text() == ORGAN
    assert window.rail.current_row() == 0


def test_that_another_report_begins_blank_and_leaves_the_first_saved(
    window: MainWindow,
) -> None:
    begin(window, all_zeros())
    path = window.bridge.path
    window.rail.open("start")
    window.bridge.session.write("overview", "写到一半")
    click(window.start.another)

    assert window.start.new.isVisible()
    assert window.start.organ.text() == ""
    assert not window.bridge.report.cells
    assert path
    assert load(path).report.text("overview") == "写到一半"
    assert not DraftFile(path, load(path)).elsewhere
