"""Chinese input through fcitx 4 and 5, the input methods of UOS and Kylin.

Qt's own wheel brings only ibus. The plugin is the Qt 6 part of fcitx-qt5 (BSD licence), built
against the private headers of the same Qt 6.8; its interface is Debian's source package.
"""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bundle.chroot import Chroot
from bundle.description import BUILD, PACKAGING, Layout, Target
from bundle.inputs import fetch, sha256
from bundle.python_linux import builder

WORK = BUILD / "fcitx"
INSIDE = "/build"
BUNDLE_INSIDE = "/bundle"
GENERATE, COMPILE = "generate-fcitx.sh", "build-fcitx.sh"
QT = Path("lib", "PySide6", "Qt")
QT_GUI = QT / "lib" / "libQt6Gui.so.6"
PLUGIN = QT / "plugins" / "platforminputcontexts" / "libfcitxplatforminputcontextplugin.so"


def add_plugin(bundle: Path, target: Target, described: Layout) -> None:
    """Put the plugin, compiled against the Qt that lies in the bundle, beside the one of ibus."""
    built, stamp = WORK / f"{target.name}.so", WORK / f"{target.name}.made-from"
    _generate(described.tables["linux"]["fcitx"])
    wanted = "\n".join(sha256(one) for one in (PACKAGING / "linux" / COMPILE, bundle / QT_GUI))
    if not (built.exists() and stamp.exists() and stamp.read_text() == wanted):
        _compile(built, bundle, target, described)
        stamp.write_text(wanted)
    shutil.copyfile(built, bundle / PLUGIN)


def _compile(built: Path, bundle: Path, target: Target, described: Layout) -> None:
    table = described.tables["linux"]
    settings = {
        "COMPILER": table["compiler"][target.name],
        "TRIPLET": table["triplet"][target.name],
        "QT": f"{BUNDLE_INSIDE}/{QT_GUI.parent.as_posix()}",
        "PLUGIN": f"{INSIDE}/{built.name}",
        "SOURCE_DATE_EPOCH": str(described.epoch),
    }
    recipe = f"{target.name}.sh"
    shutil.copyfile(PACKAGING / "linux" / COMPILE, WORK / recipe)
    places = {WORK: INSIDE, bundle: BUNDLE_INSIDE}
    builder(described).run(["sh", f"{INSIDE}/{recipe}"], env=settings, binds=places)


def _generate(table: Mapping[str, Any]) -> None:
    """Lay out the source with what Qt's tools make of it, unless that was done before."""
    recipe = PACKAGING / "linux" / GENERATE
    wanted = f"{table['source']['sha256']}\n{sha256(recipe)}\n{table['suite']}"
    stamp = WORK / "made-from"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    with tarfile.open(fetch(table["source"])) as archive:
        archive.extractall(WORK / "archive", filter="data")
    shutil.copytree(WORK / "archive" / table["folder"], WORK / "source")
    shutil.copyfile(recipe, WORK / GENERATE)
    tools = Chroot(table["suite"], BUILD / "chroots" / "qt")
    tools.make(table["packages"])
    tools.run(["sh", f"{INSIDE}/{GENERATE}"], binds={WORK: INSIDE})
    stamp.write_text(wanted)
