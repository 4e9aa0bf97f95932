"""What goes with a package tells of everything that is in it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from bundle import evidence
from bundle.description import layout
from bundle.errors import EvidenceError
from bundle.inputs import sha256

LINUX = layout().targets["linux-x64"]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle as small as can be, with a wheel and binaries of several makers."""
    made = tmp_path / "bundle"
    for path in (
        "runtime/bin/python3",
        "lib/PySide6/Qt/lib/libQt6Core.so.6",
        "lib/PySide6/Qt/lib/libicuuc.so.73",
    ):
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_bytes(b"\x7fELF" + path.encode())
    for font in (evidence.FONTS / f"{name}.ttf" for name in FONTS):
        (made / font).parent.mkdir(parents=True, exist_ok=True)
        (made / font).write_bytes(font.name.encode())
    record = made / "lib" / "openpyxl-3.1.5.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: openpyxl\nVersion: 3.1.5\n")
    (record / "LICENCE.rst").write_text("Use it <freely>.")
    return made


FONTS = ("fangsong", "heiti", "kaiti", "song", "xiaobiaosong")


def wheels(bundle: Path, *names: str) -> dict[str, Path]:
    made = {name: bundle.parent / f"{name}.whl" for name in names}
    for path in made.values():
        path.write_bytes(path.name.encode())
    return made


def test_that_every_binary_has_an_owner(bundle: Path) -> None:
    evidence.write_licences(bundle, LINUX, layout(), wheels(bundle, "openpyxl"))
    (bundle / "lib" / "stranger.so").write_bytes(b"\x7fELF")
    with pytest.raises(EvidenceError, match=r"lib/stranger\.so"):
        evidence.write_licences(bundle, LINUX, layout(), {})


def test_that_a_wheel_nobody_described_is_refused(bundle: Path) -> None:
    with pytest.raises(EvidenceError, match="requests"):
        evidence.write_licences(bundle, LINUX, layout(), wheels(bundle, "openpyxl", "requests"))


def test_that_the_page_holds_every_text_and_escapes_it(bundle: Path) -> None:
    evidence.write_licences(bundle, LINUX, layout(), {})
    page = (bundle / "许可与组成.html").read_text("utf-8")
    for words in ("Use it &lt;freely&gt;.", "LESSER GENERAL PUBLIC", "替换", "SIL OPEN FONT"):
        assert words in page
    assert "Use it <freely>." in (bundle / "licences" / "openpyxl.txt").read_text("utf-8")


def test_that_the_bill_names_versions_licences_and_sums(bundle: Path) -> None:
    taken = wheels(bundle, "openpyxl")
    told = evidence.sbom(bundle, LINUX, layout(), taken)
    parts = {one["name"]: one for one in told["components"]}
    assert parts["openpyxl"]["purl"] == "pkg:pypi/openpyxl@3.1.5"
    assert parts["openpyxl"]["hashes"][0]["content"] == sha256(taken["openpyxl"])
    assert parts["Qt"]["licenses"] == [{"license": {"id": "LGPL-3.0-only"}}]
    assert [one["name"] for one in parts["ICU"]["components"]] == [
        "lib/PySide6/Qt/lib/libicuuc.so.73"
    ]
    assert parts["CPython"]["version"] == evidence.python_version(LINUX, layout()) == "3.11.2"
    assert len([one for name, one in parts.items() if "改制" in name]) == 3
    refs = {one["bom-ref"] for one in told["components"]} | {layout().id}
    assert {ref for one in told["dependencies"] for ref in (one["ref"], *one["dependsOn"])} == refs


def test_that_equal_bundles_have_equal_bills(bundle: Path, tmp_path: Path) -> None:
    paths = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        paths.append(evidence.write_sbom(bundle, LINUX, layout(), {}, tmp_path / name))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert json.loads(paths[0].read_text("utf-8"))["specVersion"] == "1.6"
    assert paths[0].name == f"gongkai-{layout().version}-linux-x64.cdx.json"


def test_that_the_sums_are_read_by_sha256sum(tmp_path: Path) -> None:
    for name in ("公开年报.zip", "a.deb"):
        (tmp_path / name).write_bytes(name.encode())
    evidence.write_sums(tmp_path)
    evidence.write_sums(tmp_path)  # its own file is none of those summed
    subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, check=True)
