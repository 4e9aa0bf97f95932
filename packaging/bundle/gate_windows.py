"""The Windows gate: the installer and the portable folder under Wine, as an office would use them.

Nothing here is a real Windows: what that alone can show is said at the end.
"""

from __future__ import annotations

import subprocess
import time
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bundle import wine_tests
from bundle.chroot import ChrootError
from bundle.description import BUILD, PACKAGING, Layout, layout
from bundle.portable import MARKER
from bundle.trial import EXAMPLE, Failed, Trial, must, suffixes
from bundle.wine import PATIENCE, Wine

TARGET = "win-x64"
PICTURES = BUILD / "gate"
USER = "C:\\users\\root"
INSTALLED = f"{USER}\\AppData\\Local\\Programs\\gongkai"
SETTINGS = f"{USER}\\AppData\\Roaming\\gongkai"
DRAFTS = f"{USER}\\Documents\\政府信息公开年报"
LINKS = (
    f"{USER}\\Desktop\\公开年报.lnk",
    f"{USER}\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\公开年报.lnk",
)
REFUSED = 2
ONLY_WINDOWS = (
    "scaling by monitor, printing, the Windows input methods, native file dialogs",
    "SmartScreen, 360 and other scanners; code signing",
    "double click and 「打开方式」 in Explorer, pinning to the taskbar",
    "the start time",
)


def main() -> int:
    """Run the gate; return 0 where everything came out as it must."""
    described, trial = layout(), Trial()
    stem = f"{described.command}-{described.version}-{TARGET}"
    setup, portable = (BUILD / "dist" / f"{stem}-{kind}" for kind in ("setup.exe", "portable.zip"))
    if not (setup.exists() and portable.exists()):
        print(f"Build the package first: python3 dev.py package --target {TARGET}")
        return 2
    try:
        with Wine(described) as wine:
            Gate(wine, described, trial, setup, portable).run()
            wine_tests.run(wine, described, trial)
    except ChrootError as error:
        print(f"The gate needs Wine in a chroot: {error}")
        return 2
    for what in ONLY_WINDOWS:
        trial.not_tried(what, "this is Wine; no real Windows is at hand")
    return trial.code


class Gate:
    """One run: each step leaves the disk to the next as it would be at the office."""

    def __init__(
        self, wine: Wine, described: Layout, trial: Trial, setup: Path, portable: Path
    ) -> None:
        self._wine = wine
        self._described = described
        self._trial = trial
        self._setup = wine.take_in(setup, "setup.exe")
        self._portable = portable
        self._typed: dict[str, Any] = tomllib.loads(
            (PACKAGING / "windows" / "gate.toml").read_text("utf-8")
        )
        with zipfile.ZipFile(portable) as archive:
            folder = f"{described.name}/"
            names = {name.removeprefix(folder) for name in archive.namelist()}
        self._program = names - {MARKER}
        self._before = self._files()
        self._draft = wine.inside(f"{DRAFTS}\\{self._typed['file']}.json")

    def run(self) -> None:
        """Try everything, in the order of a program's life."""
        for old in PICTURES.glob("windows-*.png"):
            old.unlink()
        step = self._step
        with step("silent installation; entries of start menu, desktop and 「打开方式」"):
            self._install()
        with step("self-test of the installed program"):
            print(self._wine.run(self._console, "self-test"))
        with step("the command line: check, export, a file that is not there"):
            self._command_line()
        with step("a report filled and exported through the window by keys"):
            self._fill_and_export()
        with step("an installer that meets the open program changes nothing"):
            self._install_while_open()
        with step("the window closes; the draft is whole and passes"):
            self._close()
        with step("an upgrade over itself keeps drafts, settings and what somebody put there"):
            self._upgrade()
        with step("missing files are told in Chinese, by window and by console"):
            self._break_and_mend()
        with step("the portable folder keeps drafts and settings beside it"):
            self._carry()
        with step("silent removal leaves the drafts and nothing else"):
            self._remove()

    @contextmanager
    def _step(self, what: str) -> Iterator[None]:
        """One thing that is tried; where it fails, the screen is kept as it was."""
        with self._trial.step(what):
            try:
                yield
            except Exception:
                with suppress(OSError, subprocess.SubprocessError):
                    self._wine.picture(PICTURES / f"windows-failed-{self._trial.failures + 1}.png")
                raise

    @property
    def _console(self) -> str:
        return f"{INSTALLED}\\{self._described.tables['windows']['console']}"

    @property
    def _launcher(self) -> str:
        return f"{INSTALLED}\\{self._described.tables['windows']['launcher']}"

    def _install(self) -> None:
        self._wine.run(self._setup, "/S")
        self._must_be_whole()
        for link in LINKS:
            must(self._wine.inside(link).exists(), f"no {link}")
        said = self._wine.registry()
        for part in ("用公开年报打开", "NeverDefault", "Applications\\公开年报.exe"):
            must(part in said, f"the registry has no {part}")
        must("\\Classes\\.json]" not in said, ".json was claimed")

    def _must_be_whole(self) -> None:
        folder = self._wine.inside(INSTALLED)
        there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
        must(self._program <= there, f"missing: {sorted(self._program - there)[:5]}")
        more = there - self._program - {"uninstall.exe"}
        must(not more, f"more than the program: {sorted(more)[:5]}")

    def _command_line(self) -> None:
        example = "\\".join([INSTALLED, *EXAMPLE.split("/")])
        must("校验通过" in self._wine.run(self._console, "check", example), "check does not pass")
        self._wine.run(self._console, "export", example, "--to", "C:\\导出 文件")
        written = sorted(one.suffix for one in (self._wine.disk / "导出 文件").iterdir())
        must(written == suffixes(), f"written: {written}")
        refused = self._wine.fails(self._console, "check", "C:\\没有这份.json")
        must(refused.code == REFUSED and "没有这份" in refused.said, refused.said)
        must("Traceback" not in refused.said, refused.said)

    def _fill_and_export(self) -> None:
        wine, texts = self._wine, self._typed["texts"]
        self._begin(self._launcher, "windows-start.png")
        wine.paste(texts["overview"].strip())
        wine.press("ctrl+Next")
        wine.press(*["0", "Tab"] * self._typed["typed_cells"])
        wine.press("ctrl+Next", "alt+w")
        wine.picture(PICTURES / "windows-table.png")
        wine.press("ctrl+Next", "ctrl+Next")
        wine.paste(texts["problems"].strip())
        wine.press("ctrl+Next")
        wine.paste(texts["other"].strip())
        wine.press("ctrl+Next")
        wine.picture(PICTURES / "windows-review.png")
        wine.press("ctrl+e")
        wine.window("导出")
        wine.press("alt+x")
        self._wait_for_exports()
        wine.settle()
        wine.picture(PICTURES / "windows-exported.png")
        wine.press("Escape")

    def _begin(self, launcher: str, picture: str) -> None:
        """Start the program and a report in it, up to the first text to be written."""
        self._wine.start(launcher)
        self._wine.window(self._described.name)
        self._wine.settle()
        self._wine.picture(PICTURES / picture)
        self._wine.paste(self._typed["organ"])
        self._wine.press("alt+n")
        self._wine.window(self._typed["file"])

    def _wait_for_exports(self) -> None:
        end = time.monotonic() + PATIENCE
        wanted, found = set(suffixes()), set[str]()
        while not wanted <= found:
            if time.monotonic() > end:
                raise Failed(f"exported by the window: {sorted(found)}")
            time.sleep(0.5)
            user = self._wine.inside(USER)
            found = {one.suffix for one in user.rglob(f"{self._typed['file']}.*")}

    def _install_while_open(self) -> None:
        refused = self._wine.fails(self._setup, "/S")
        must(refused.code == REFUSED, f"it ended with {refused.code}")
        self._must_be_whole()

    def _close(self) -> None:
        self._wine.press("alt+F4")
        must(self._wine.rests(self._described.tables["windows"]["launcher"]), "it still runs")
        draft = f"{DRAFTS}\\{self._draft.name}"
        must("校验通过" in self._wine.run(self._console, "check", draft), "it does not pass")
        left = [one.name for one in self._draft.parent.iterdir() if one.name.startswith(".")]
        must(not left, f"left beside the draft: {left}")

    def _upgrade(self) -> None:
        own = self._wine.inside(f"{INSTALLED}\\lib\\我的.txt")
        own.write_text("不是程序的文件", encoding="utf-8")
        self._wine.inside(LINKS[0]).unlink()
        kept = self._draft.read_bytes(), _all(self._wine.inside(SETTINGS))
        self._wine.run(self._setup, "/S")
        must(own.exists(), "a file that somebody put there is gone")
        own.unlink()
        self._must_be_whole()
        same = self._draft.read_bytes(), _all(self._wine.inside(SETTINGS))
        must(kept == same, "drafts or settings have changed")
        must(not self._wine.inside(LINKS[0]).exists(), "what was taken from the desktop is back")
        must(self._wine.inside(LINKS[1]).exists(), "the start menu has lost it")

    def _break_and_mend(self) -> None:
        script = self._wine.inside(f"{INSTALLED}\\program\\start.py")
        away = script.rename(script.with_suffix(".away"))
        try:
            refused = self._wine.fails(self._console, "--version")
            must(refused.code == REFUSED and "找不到" in refused.said, refused.said)
            self._wine.start(self._launcher)
            self._wine.window(self._described.name)
            self._wine.settle()
            self._wine.picture(PICTURES / "windows-incomplete.png")
            self._wine.press("Return")
            must(self._wine.rests(self._described.tables["windows"]["launcher"]), "it still runs")
        finally:
            away.rename(script)

    def _carry(self) -> None:
        stick = self._wine.disk / "U 盘"
        with zipfile.ZipFile(self._portable) as archive:
            archive.extractall(stick)
        before = self._files()
        folder = f"C:\\{stick.name}\\{self._described.name}"
        self._wine.run(f"{folder}\\{self._described.tables['windows']['console']}", "self-test")
        launcher = f"{folder}\\{self._described.tables['windows']['launcher']}"
        self._begin(launcher, "windows-portable.png")
        self._wine.press("alt+F4")
        must(self._wine.rests(self._described.tables["windows"]["launcher"]), "it still runs")
        carried = self._wine.inside(folder)
        must((carried / "草稿" / self._draft.name).exists(), "no draft beside the program")
        must((carried / "设置").is_dir(), "no settings beside the program")
        strewn = self._files() - before
        must(not strewn, f"written to the computer: {sorted(strewn)[:5]}")

    def _remove(self) -> None:
        self._wine.run(f"{INSTALLED}\\uninstall.exe", "/S")
        must(self._wine.rests("uninstall.exe") and self._wine.rests("Au_.exe"), "it still runs")
        left = self._files() - self._before
        drafts = {one for one in left if "Documents/" in one}
        must(not left - drafts, f"left: {sorted(left - drafts)[:10]}")
        must(self._draft.exists(), "the draft is gone")
        said = self._wine.registry()
        for part in ("gongkai", self._described.name):
            must(part not in said, f"the registry still speaks of {part}")

    def _files(self) -> set[str]:
        """What lies in the user's folders, passing things aside."""
        user = self._wine.inside(USER)
        names = (one.relative_to(user).as_posix() for one in user.rglob("*") if one.is_file())
        return {name for name in names if "/Temp/" not in name}


def _all(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
