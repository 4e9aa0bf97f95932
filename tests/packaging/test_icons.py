"""The icons in resources are made from the drawing beside them, and from nothing else."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

ROOT = Path(__file__).parents[2]
ICONS = ROOT / "resources" / "icon"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
CLOSE = 8
"""Of 255: processors do not round the edges of a drawing alike."""


@pytest.fixture(scope="module")
def build() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "packaging" / "build_icons.py"))


@pytest.mark.parametrize("size", SIZES)
def test_that_each_picture_shows_the_drawing_as_it_is_now(build: dict[str, Any], size: int) -> None:
    assert alike(build["rendered"](size), Image.open(ICONS / f"gongkai-{size}.png"))


def test_that_the_icon_of_windows_holds_the_same_pictures(build: dict[str, Any]) -> None:
    with Image.open(ICONS / "gongkai.ico") as icon:
        assert isinstance(icon, build["Image"].Image)
        sizes = sorted(icon.info["sizes"])
    assert sizes == [(size, size) for size in build["ICO_SIZES"]]
    for size in sizes:
        with Image.open(ICONS / "gongkai.ico") as icon:
            icon.size = size  # type: ignore[misc]  # how Pillow is asked for one of them
            assert alike(icon.convert("RGBA"), Image.open(ICONS / f"gongkai-{size[0]}.png"))


def test_that_equal_drawings_give_equal_bytes(build: dict[str, Any]) -> None:
    as_ico, rendered = build["as_ico"], build["rendered"]
    assert as_ico([rendered(16), rendered(256)]) == as_ico([rendered(16), rendered(256)])


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two pictures show the same, but for how an edge is rounded."""
    difference = ImageChops.difference(one.convert("RGBA"), other.convert("RGBA"))
    return max(most for _, most in difference.getextrema()) <= CLOSE  # type: ignore[misc]
