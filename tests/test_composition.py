"""What is told of the parts of the program is true of the parts that are installed."""

from __future__ import annotations

import json
import sys
from importlib.metadata import distribution, requires, version
from importlib.resources import files

import pytest
from lxml import etree  # type: ignore[import-untyped]
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.composition import components, lgpl_notice
from app.composition_page import details, overview, page
from app.paths import resources

LISTED = components(system="linux", installed=True)
PILLOW_SBOM = f"sboms/pillow-{version('pillow')}.cdx.json"


def test_that_every_package_the_program_needs_is_told_of() -> None:
    told = {canonicalize_name(one.distribution) for one in LISTED if one.distribution}
    wanted, seen = ["gongkai"], set[str]()
    while wanted:
        for line in requires(wanted.pop()) or ():
            one = Requirement(line)
            name = canonicalize_name(one.name)
            if name not in seen and (not one.marker or one.marker.evaluate({"extra": ""})):
                seen.add(name)
                wanted.append(name)
    assert seen == told


def test_that_each_has_a_licence_with_its_text_and_a_source() -> None:
    for one in LISTED:
        assert one.licence
        assert one.role
        assert one.texts or one.licence.startswith("LicenseRef-"), one.name
        assert one.home.startswith("http") or one.name == "公开年报"


def test_that_versions_are_those_that_are_installed() -> None:
    told = {one.name: one.version for one in LISTED}
    assert told["openpyxl"] == version("openpyxl")
    assert told["Qt"] == ".".join(version("PySide6_Essentials").split(".")[:3])
    assert told["CPython"] == sys.version.split()[0]


def test_that_what_lies_within_a_package_has_the_version_that_package_tells() -> None:
    told = {one.name: one.version for one in LISTED}
    pillow = json.loads(distribution("pillow").read_text(PILLOW_SBOM) or "")
    inside = {one["name"]: one.get("version") for one in pillow["components"]}
    for name, theirs in {
        "libjpeg-turbo（Pillow 的）": "libjpeg / libjpeg-turbo",
        "OpenJPEG": "OpenJPEG",
        "LibTIFF": "libtiff",
        "libwebp": "libwebp",
        "libxcb、libXau": "libxcb",
    }.items():
        assert told[name] == inside[theirs], name
    built = json.loads(files("pypdfium2_raw").joinpath("version.json").read_text())
    numbers = (built[part] for part in ("major", "minor", "build", "patch"))
    assert told["PDFium"] == ".".join(map(str, numbers))


@pytest.mark.skipif(sys.platform != "linux", reason="lxml brings others elsewhere")
def test_that_what_lies_within_lxml_has_the_version_lxml_tells() -> None:
    told = {one.name: one.version for one in LISTED}
    assert told["libxml2"] == ".".join(map(str, etree.LIBXML_VERSION))
    assert told["libxslt"] == ".".join(map(str, etree.LIBXSLT_VERSION))


def test_that_what_only_a_bundle_has_is_told_of_in_a_bundle() -> None:
    names = {one.name for one in components(system="linux", installed=False)}
    assert {one.name for one in components(system="linux", installed=True)} - names == {
        "xcb-util",
        "fcitx-qt5",
    }
    assert "ICU" not in {one.name for one in components(system="win32", installed=True)}


def test_that_every_font_is_told_of() -> None:
    told = {name for one in LISTED for name in one.fonts}
    assert told == {one.name for one in (resources() / "fonts").glob("*.ttf")}


def test_that_the_page_tells_of_all_and_leads_to_each() -> None:
    made = page(LISTED)
    for one in LISTED:
        assert f'id="{one.name}"' in made
        assert f'href="#{one.name}"' in made
    assert made.count("0. Additional Definitions.") == 1  # the LGPL, though three are under it
    assert lgpl_notice() in made
    assert "http" in lgpl_notice()
    for tag in ("<script", "<img", "<link"):
        assert tag not in made


@pytest.mark.parametrize("one", LISTED, ids=lambda one: str(one.name))
def test_that_each_can_be_read_by_itself(one: object) -> None:
    component = next(each for each in LISTED if each is one)
    assert component.name in overview(LISTED)
    assert details(component).count("<pre>") == len(component.texts)
