#!/usr/bin/env python3
"""Make the fonts that gongkai ships from the unmodified ones: build_fonts.py --source FOLDER.

Each font keeps the characters a Chinese report may hold, loses hints and layout tables (the
PDF writer reads neither) and gets a name of its own, for the Open Font License reserves the
old ones. What a layout table would have done is baked into the character map: figures of one
width, full-width quotation marks, dashes that join. Equal sources give equal bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
MODIFIED = 3_850_070_400  # 2026-01-01 in seconds since 1904, so that no clock enters the files
FIGURES = "0123456789"
QUOTES = "“”‘’·"
NARROW = "§±×÷‰←↑→↓∏∑√∞∫≈≠≤≥■□▲△▼▽◆◇▶▷◀◁"  # full width in Chinese text, save in 朱雀仿宋
WINDOWS = (3, 1, 0x409)  # platform, encoding and language of the name records
KEPT_NAMES = (0, 5, 7, 8, 9, 13, 14)  # copyright, version, trademark, makers, licence
UNICODE_MAPS = ((3, 1), (3, 10))
DROPPED_TABLES = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "vhea", "vmtx")
BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x2000, 0x206F),  # general punctuation
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letterlike: ℃ №
    (0x2150, 0x218F),  # Roman numerals
    (0x2190, 0x22FF),  # arrows, mathematics
    (0x2460, 0x25FF),  # circled numbers, boxes, geometric shapes
    (0x2600, 0x267F),  # stars, signs
    (0x2E3A, 0x2E3B),  # long dashes
    (0x3000, 0x303F),  # CJK punctuation, 〇 〔〕
    (0x3200, 0x33FF),  # enclosed CJK, units: ㎡
    (0xFF00, 0xFFEF),  # full-width forms
)


@dataclass(frozen=True)
class Recipe:
    """How one shipped font is made.

    ``baked`` maps an OpenType feature to the characters that take its glyph, ``borrowed`` a
    character to the one whose glyph it takes; ``dropped`` characters are left to the fallback.
    """

    source: str
    target: str
    family: str
    complete: bool = False
    baked: Mapping[str, str] = field(default_factory=dict)
    borrowed: Mapping[str, str] = field(default_factory=dict)
    dropped: str = ""


# The dashes of the Noto and WenKai fonts leave a gap in ——; the line of boxes and the
# horizontal bar do not. Noto Serif has a full-width bullet where its · is narrow.
TITLE = Recipe(
    "NotoSerifSC_700Bold.ttf",
    "xiaobiaosong.ttf",
    "Gongkai XiaoBiaoSong",
    baked={"locl": FIGURES + "⸺⸻"},
    borrowed={"—": "─", "·": "•"},
)
RECIPES = (
    Recipe(
        "LXGWZhuqueFangsong-Regular.ttf",
        "fangsong.ttf",
        "Gongkai FangSong",
        baked={"lnum": FIGURES, "tnum": FIGURES, "fwid": QUOTES},
        dropped=NARROW,
    ),
    Recipe(
        "LXGWWenKaiGBLite-Regular.ttf",
        "kaiti.ttf",
        "Gongkai KaiTi",
        borrowed={"—": "―"},
        dropped=QUOTES + "§±×÷∏∑√",
    ),
    Recipe("NotoSansSC_500Medium.ttf", "heiti.ttf", "Gongkai HeiTi", borrowed={"—": "─"}),
    TITLE,
    replace(
        TITLE,
        source="NotoSerifSC_400Regular.ttf",
        target="song.ttf",
        family="Gongkai Song",
        complete=True,
    ),
)


def gb2312() -> Iterator[int]:
    """Yield every code point of GB 2312-80, symbols included."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def wanted_characters(source: Path) -> set[int]:
    """Return the code points of a subset: 通用规范汉字, GB 2312 and the blocks above."""
    standard = (source / "tgh-8105.txt").read_text(encoding="utf-8")
    wanted = {ord(character) for character in standard if not character.isspace()}
    wanted.update(gb2312())
    for first, last in BLOCKS:
        wanted.update(range(first, last + 1))
    return wanted


def check_sources(source: Path) -> None:
    """Exit where a source font is not the one this script was written for."""
    for line in (source / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        digest, name = line.split()
        if hashlib.sha256((source / name).read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{name} differs from SHA256SUMS")


def substitutions(font: TTFont, feature: str) -> dict[str, str]:
    """Return what a feature replaces one for one, for any language: glyph name to glyph name."""
    layout = font["GSUB"].table
    records = (r for r in layout.FeatureList.FeatureRecord if r.FeatureTag == feature)
    found: dict[str, str] = {}
    for index in sorted({i for record in records for i in record.Feature.LookupListIndex}):
        for table in layout.LookupList.Lookup[index].SubTable:
            single = getattr(table, "ExtSubTable", table)
            if single.LookupType == 1:
                found.update(single.mapping)
    return found


def remapped(font: TTFont, recipe: Recipe) -> dict[int, str]:
    """Return the character map with the recipe's replacements made."""
    glyphs: dict[int, str] = dict(font.getBestCmap())
    for feature, characters in recipe.baked.items():
        replaced = substitutions(font, feature)
        for code in map(ord, characters):
            glyphs[code] = replaced.get(glyphs[code], glyphs[code])
    for character, lender in recipe.borrowed.items():
        glyphs[ord(character)] = glyphs[ord(lender)]
    for character in recipe.dropped:
        del glyphs[ord(character)]
    return glyphs


def set_characters(font: TTFont, glyphs: Mapping[int, str]) -> None:
    """Leave two character maps: the Basic Multilingual Plane (format 4) and all (format 12)."""
    tables = font["cmap"].tables
    font["cmap"].tables = [t for t in tables if (t.platformID, t.platEncID) in UNICODE_MAPS]
    for table in font["cmap"].tables:
        limit = 0xFFFF if table.format == 4 else 0x10FFFF
        table.cmap = {code: glyph for code, glyph in glyphs.items() if code <= limit}


def subset(font: TTFont, codes: Iterable[int]) -> None:
    """Keep the glyphs of these code points only; drop hints, layout tables and glyph names."""
    options = Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.layout_features = []
    options.drop_tables = [*options.drop_tables, *DROPPED_TABLES]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def rename(font: TTFont, family: str) -> None:
    """Name the font anew; keep the records of copyright, makers and licence."""
    table: Any = font["name"]
    kept = {number: table.getDebugName(number) for number in KEPT_NAMES}
    plain = family.replace(" ", "")
    new = {1: family, 2: "Regular", 3: f"{plain};{kept[5]}", 4: family, 6: plain}
    table.names = []
    for number, text in sorted({**kept, **new}.items()):
        if text:
            table.setName(text, number, *WINDOWS)


def settle(font: TTFont) -> None:
    """Fix what names and clocks would vary: one regular style, embedding allowed, one date."""
    font["OS/2"].fsType = 0
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b100001 | 0b1000000
    font["head"].macStyle = 0
    font["head"].modified = MODIFIED


def build(recipe: Recipe, source: Path, wanted: set[int]) -> Path:
    """Make one shipped font and return where it stands."""
    font = TTFont(source / recipe.source, recalcTimestamp=False)
    if font["head"].unitsPerEm != 1000:
        raise SystemExit(f"{recipe.source}: the program reads advances as thousandths of an em")
    glyphs = remapped(font, recipe)
    set_characters(font, glyphs)
    subset(font, glyphs if recipe.complete else wanted & glyphs.keys())
    rename(font, recipe.family)
    settle(font)
    target = TARGET / recipe.target
    font.save(target)
    return target


def write_coverage(fonts: Iterable[Path]) -> None:
    """List the code points that at least one font has, so that checks need not open any."""
    codes = sorted({code for path in fonts for code in TTFont(path).getBestCmap()})
    firsts = [code for code, before in zip(codes, [-1, *codes], strict=False) if code != before + 1]
    lasts = [code for code, after in zip(codes, [*codes[1:], -1], strict=True) if after != code + 1]
    lines = (f"{first:04X}-{last:04X}\n" for first, last in zip(firsts, lasts, strict=True))
    (TARGET / "coverage.txt").write_text("".join(lines), encoding="ascii", newline="\n")


def copy_licences(source: Path) -> None:
    """Put the licence texts beside the fonts."""
    folder = TARGET / "licences"
    folder.mkdir(parents=True, exist_ok=True)
    for text in sorted((source / "licences").glob("*.txt")):
        shutil.copyfile(text, folder / text.name)


def main() -> None:
    """Build all fonts; write which characters they have, and their SHA-256 sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder of the source fonts")
    source: Path = parser.parse_args().source
    check_sources(source)
    copy_licences(source)
    wanted = wanted_characters(source)
    fonts = [build(recipe, source, wanted) for recipe in RECIPES]
    write_coverage(fonts)
    sums = []
    for made in fonts:
        sums.append(f"{hashlib.sha256(made.read_bytes()).hexdigest()}  {made.name}\n")
        print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB")
    listed = "".join(sorted(sums, key=lambda line: line.split()[1]))
    (TARGET / "SHA256SUMS").write_text(listed, encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
