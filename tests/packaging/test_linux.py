"""The Linux package: its fields, its entries, its bytes, and the scan it must pass."""

from __future__ import annotations

import json
import lzma
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from bundle.chroot import Chroot, ChrootError, mounted_below
from bundle.deb import control_file, installed_size, write_deb
from bundle.description import ROOT, layout
from bundle.linux import control, desktop_entry, info, launcher
from bundle.python_linux import patches_from
from bundle.scan import Limits, faults, limits, newest

EPOCH = layout().epoch
LINUX = [name for name, target in layout().targets.items() if not target.windows]
NOTHING = Limits(machine="x86_64", newest={}, system=(), forbidden=())


def folder_of_files(root: Path) -> Path:
    program = root / "opt" / "apps" / "one" / "程序"
    program.mkdir(parents=True)
    (program / "run").write_text("#!/bin/sh\n")
    (program / "run").chmod(0o700)
    (program / "说明.txt").write_text("一")
    (program / "empty").mkdir()
    (root / "usr").mkdir()
    (root / "usr" / "run").symlink_to("/opt/apps/one/程序/run")
    return root


def members(package: Path) -> dict[str, bytes]:
    """The parts of a package, as ar(1) has them."""
    data, place, found = package.read_bytes(), 8, {}
    assert data[:8] == b"!<arch>\n"
    while place < len(data):
        name, size = data[place : place + 16].decode().strip(), int(data[place + 48 : place + 58])
        assert data[place + 58 : place + 60] == b"`\n"
        found[name] = data[place + 60 : place + 60 + size]
        place += 60 + size + size % 2
    return found


def archive(data: bytes) -> tarfile.TarFile:
    return tarfile.open(fileobj=BytesIO(lzma.decompress(data)))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "one.deb"
    write_deb(
        folder_of_files(tmp_path / "root"), {"Package": "one", "Architecture": "amd64"}, path, EPOCH
    )
    return path


def test_that_a_package_has_its_three_parts_in_order(package: Path) -> None:
    parts = members(package)
    assert list(parts) == ["debian-binary", "control.tar.xz", "data.tar.xz"]
    assert parts["debian-binary"] == b"2.0\n"


def test_that_files_belong_to_root_with_plain_modes_and_one_time(package: Path) -> None:
    entries = {one.name: one for one in archive(members(package)["data.tar.xz"]).getmembers()}
    assert entries["./opt/apps/one/程序/run"].mode == 0o755
    assert entries["./opt/apps/one/程序/说明.txt"].mode == 0o644
    assert entries["./opt/apps/one/程序/empty"].isdir()
    assert entries["./usr/run"].linkname == "/opt/apps/one/程序/run"
    assert {(one.uid, one.uname, one.mtime) for one in entries.values()} == {(0, "root", EPOCH)}


def test_that_nothing_runs_on_the_clerks_machine_at_installing(package: Path) -> None:
    names = archive(members(package)["control.tar.xz"]).getnames()
    assert names == ["./control", "./md5sums"]


def test_that_equal_files_give_equal_packages(tmp_path: Path) -> None:
    written = []
    for name in ("first", "second"):
        path = tmp_path / f"{name}.deb"
        write_deb(
            folder_of_files(tmp_path / name),
            {"Package": "one", "Architecture": "amd64"},
            path,
            EPOCH,
        )
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_that_sums_and_size_are_those_of_the_files(package: Path, tmp_path: Path) -> None:
    texts = archive(members(package)["control.tar.xz"])
    sums, fields = texts.extractfile("./md5sums"), texts.extractfile("./control")
    assert sums
    assert fields
    assert "7941da94db2a83c04d0d85ee45ecb1e3  opt/apps/one/程序/说明.txt" in sums.read().decode()
    assert f"Installed-Size: {installed_size(tmp_path / 'root')}\n" in fields.read().decode()


def test_that_further_lines_of_a_field_are_set_in() -> None:
    text = control_file({"Package": "one", "Description": "short\nlong\n\nmore"})
    assert text == "Package: one\nDescription: short\n long\n .\n more\n"


@pytest.mark.parametrize("target", LINUX)
def test_that_the_package_says_what_dpkg_must_know(target: str) -> None:
    fields = control(layout().targets[target], layout())
    assert fields["Package"] == layout().id
    assert fields["Version"] == layout().version
    assert fields["Architecture"] == {"linux-x64": "amd64", "linux-arm64": "arm64"}[target]
    assert "公开年报" in fields["Description"]


def test_that_a_package_is_refused_by_a_system_too_old_for_it() -> None:
    oldest = {name: control(layout().targets[name], layout())["Depends"] for name in LINUX}
    assert oldest["linux-x64"].startswith("libc6 (>= 2.28), ")
    assert oldest["linux-arm64"].startswith("libc6 (>= 2.30), ")
    assert "libsm6" in oldest["linux-arm64"]


def test_that_uos_finds_what_it_asks_for() -> None:
    content = json.loads(info("amd64", layout()))
    assert content["appid"] == "org.gongkai.nianbao"
    assert content["arch"] == ["amd64"]
    assert content["permissions"]["clipboard"] is True
    assert content["permissions"]["camera"] is False


def test_that_the_menu_entry_opens_a_draft_but_claims_no_json() -> None:
    lines = desktop_entry(layout()).splitlines()
    assert "Exec=/opt/apps/org.gongkai.nianbao/files/gongkai %f" in lines
    assert "Name=公开年报" in lines
    assert "StartupWMClass=org.gongkai.nianbao" in lines
    assert not [line for line in lines if line.startswith("MimeType") or "@" in line]


def test_that_the_launcher_names_its_windows_as_the_menu_entry_does() -> None:
    assert "export RESOURCE_NAME=org.gongkai.nianbao\n" in launcher(layout())


@pytest.mark.parametrize("target", LINUX)
def test_that_every_linux_target_is_fully_described(target: str) -> None:
    table = layout().tables["linux"]
    for one in ("strip", "deb_architecture", "triplet", "newest"):
        assert target in table[one]
    assert target in table["python"]["flags"]
    assert limits(layout().targets[target], layout()).newest["GLIBC"]


def test_that_the_scan_reads_what_a_library_needs(tmp_path: Path) -> None:
    library = next(Path(sys.prefix).rglob("QtCore.abi3.so"), None)
    if library is None:
        pytest.skip("no PySide6 for Linux here")
    (tmp_path / "QtCore.so").symlink_to(library)
    (tmp_path / "copy.so").write_bytes(library.read_bytes())
    assert set(newest(tmp_path)) >= {"GLIBC", "GLIBCXX"}
    found = faults(tmp_path, Limits("x86_64", {"GLIBC": "2.1"}, ("libc.so.6",), ("copy*",)))
    assert any("needs GLIBC_2." in line and "newer than 2.1" in line for line in found)
    assert "copy.so: needs libQt6Core.so.6, which nothing promises to be there" in found
    assert "copy.so: must not be in a bundle" in found
    assert not [line for line in found if "libc.so.6" in line]


def test_that_the_scan_passes_over_what_is_no_program(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("pass")
    assert faults(tmp_path, NOTHING) == []


def test_that_patches_are_taken_from_the_first_that_is_not_debians_own() -> None:
    series = "own.diff\n# said\n\nfirst.diff\nCVE-1.patch -p1\n"
    assert list(patches_from(series, "first.diff")) == ["first.diff", "CVE-1.patch"]
    with pytest.raises(LookupError, match=r"gone\.diff"):
        list(patches_from(series, "gone.diff"))


def test_that_a_folder_with_something_mounted_in_it_is_not_deleted() -> None:
    mounts = "22 1 0:5 / /b/my\\040root/proc rw - proc p rw\n23 1 0:6 / /b/other rw - tmpfs t rw\n"
    assert mounted_below(Path("/b/my root"), mounts) == ["/b/my root/proc"]
    assert mounted_below(Path("/b/my"), mounts) == []


def test_that_mounts_are_seen_and_survived_by_nobody(tmp_path: Path) -> None:
    inside = Chroot("bullseye", tmp_path / "my root").command(["true"], network=False)
    assert inside[:4] == ["setpriv", "--pdeathsig=KILL", "unshare", "--mount"]
    assert {"--pid", "--kill-child", "--net"} <= set(inside)
    assert f"mount -t proc proc '{tmp_path}/my root/proc'" in inside[-1]
    assert inside[-1].endswith(f"exec chroot '{tmp_path}/my root' true")


def test_that_removing_refuses_where_something_is_mounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "root"
    (folder / "proc").mkdir(parents=True)
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 0:5 / {folder}/proc rw - proc p rw\n")
    monkeypatch.setattr("bundle.chroot.MOUNTS", mounts)
    with pytest.raises(ChrootError, match="Still mounted"):
        Chroot("bullseye", folder).remove()
    assert (folder / "proc").is_dir()


def test_that_every_icon_named_is_there() -> None:
    pictures = layout().tables["linux"]["icons"].values()
    assert [name for name in pictures if not (ROOT / name).is_file()] == []
