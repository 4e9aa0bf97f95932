"""What goes with a package to show what is in it: licences, bill of materials, sums.

The bill of materials is CycloneDX 1.6. It is one JSON file of plain facts, so it is written here:
the library of that name would bring six more packages into the lock file for it.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from app.composition import Component, components, lgpl_notice
from app.composition_page import TITLE, page
from app.export import export_guide
from bundle.description import Layout, Target
from bundle.errors import EvidenceError
from bundle.inputs import sha256

BINARY = (b"\x7fELF", b"MZ")
LIBRARIES = "lib"
FONTS = Path("program") / "resources" / "fonts"
SPDX_EXPRESSION = re.compile(r" (AND|OR) ")
NO_SPDX = {"LicenseRef-Microsoft-Redistributable"}


def write_licences(
    bundle: Path, target: Target, described: Layout, wheels: Mapping[str, Path]
) -> None:
    """Put the licences of everything in the bundle into it: one page, and each text as a file.

    Raises EvidenceError where a wheel or a binary belongs to no component.
    """
    listed = _components(bundle, target, described)
    if strays := [*_unnamed(listed, wheels), *unclaimed(bundle, listed)]:
        raise EvidenceError("resources/composition.toml does not tell of " + ", ".join(strays))
    (bundle / f"{TITLE}.html").write_text(page(listed), encoding="utf-8", newline="\n")
    folder = bundle / "licences"
    folder.mkdir(exist_ok=True)
    (folder / "LGPL.txt").write_text(lgpl_notice() + "\n", encoding="utf-8", newline="\n")
    for one in listed:
        if one.texts:
            text = f"{'=' * 72}\n".join(f"{text}\n" for text in one.texts)
            (folder / f"{one.name}.txt").write_text(text, encoding="utf-8", newline="\n")


def write_sbom(
    bundle: Path, target: Target, described: Layout, wheels: Mapping[str, Path], to: Path
) -> Path:
    """Write the bill of materials (CycloneDX) of one target; return its path."""
    path = to / f"{described.command}-{described.version}-{target.name}.cdx.json"
    told = sbom(bundle, target, described, wheels)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def sbom(
    bundle: Path, target: Target, described: Layout, wheels: Mapping[str, Path]
) -> dict[str, Any]:
    """The bill of materials; equal bundles have equal ones."""
    own, *others = _components(bundle, target, described)
    owned = owners(bundle, [own, *others])
    listed = []
    for one in others:
        told = _as_component(one, target, described, wheels)
        paths = [path for path, owner in owned.items() if owner == one.name]
        if files := [_file(bundle, path) for path in [*paths, *_fonts(one)]]:
            told["components"] = files
        listed.append(told)
    name = f"{described.id}/{described.version}/{target.name}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name + json.dumps(listed))}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(described.epoch, UTC).isoformat(),
            "component": {
                "type": "application",
                "bom-ref": described.id,
                "name": own.name,
                "version": described.version,
                "description": described.summary,
                "licenses": _licence(own.licence),
                "properties": [{"name": "gongkai:target", "value": target.name}],
            },
        },
        "components": listed,
        "dependencies": _dependencies(described.id, others),
    }


def unclaimed(bundle: Path, listed: Iterable[Component]) -> list[str]:
    """The binaries of a bundle that belong to no component, as paths within it."""
    return [path for path, owner in owners(bundle, listed).items() if not owner]


def owners(bundle: Path, listed: Iterable[Component]) -> dict[str, str]:
    """Whose each binary of a bundle is: of several that claim it, the last one named."""
    claims = [(pattern, one.name) for one in listed for pattern in one.files]
    return {
        path: next((name for each, name in reversed(claims) if fnmatchcase(path, each)), "")
        for path in _binaries(bundle)
    }


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS over all files of a folder, in the form `sha256sum -c` reads."""
    lines = [
        f"{sha256(one)}  {one.name}\n"
        for one in sorted(folder.iterdir())
        if one.name != "SHA256SUMS" and one.is_file()
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def write_guide(folder: Path, described: Layout) -> Path:
    """Print the guide on installing and keeping the program; return the path of the PDF."""
    return export_guide(folder, described.version).path


def python_version(target: Target, described: Layout) -> str:
    """The version of CPython in a bundle: named for Windows, that of the source for Linux."""
    if target.windows:
        return str(described.tables["windows"]["python"]["version"])
    source = str(described.tables["linux"]["python"]["source"]["name"])
    return source.partition("_")[2].partition(".orig")[0]


def _components(bundle: Path, target: Target, described: Layout) -> list[Component]:
    system = target.markers["sys_platform"]
    python = python_version(target, described)
    return components([bundle / LIBRARIES], system, python, installed=True)


def _unnamed(listed: Iterable[Component], wheels: Mapping[str, Path]) -> list[str]:
    known = {canonicalize_name(one.distribution) for one in listed if one.distribution}
    return sorted(wheels.keys() - known)


def _binaries(bundle: Path) -> Iterator[str]:
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4).startswith(BINARY):
                    yield path.relative_to(bundle).as_posix()


def _as_component(
    one: Component, target: Target, described: Layout, wheels: Mapping[str, Path]
) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "library", "bom-ref": one.name, "name": one.name}
    if one.version:
        told["version"] = one.version
    told["description"] = one.role
    told["licenses"] = _licence(one.licence)
    wheel = wheels.get(canonicalize_name(one.distribution)) if one.distribution else None
    if wheel:
        told["hashes"] = _hashes(sha256(wheel))
        told["purl"] = f"pkg:pypi/{canonicalize_name(one.distribution)}@{one.version}"
    elif one.name == "CPython":
        told["hashes"] = _hashes(_python_source(target, described))
        told["purl"] = f"pkg:generic/python@{one.version}"
    if one.home:
        told["externalReferences"] = [{"type": "website", "url": one.home}]
    return told


def _python_source(target: Target, described: Layout) -> str:
    table = described.tables["windows" if target.windows else "linux"]["python"]
    return str(table["sha256"] if target.windows else table["source"]["sha256"])


def _fonts(one: Component) -> list[str]:
    return [(FONTS / name).as_posix() for name in one.fonts]


def _file(bundle: Path, path: str) -> dict[str, Any]:
    return {"type": "file", "name": path, "hashes": _hashes(sha256(bundle / path))}


def _hashes(value: str) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": value}]


def _licence(spdx: str) -> list[dict[str, Any]]:
    if SPDX_EXPRESSION.search(spdx):
        return [{"expression": spdx}]
    return [{"license": {"name" if spdx in NO_SPDX else "id": spdx}}]


def _dependencies(root: str, others: Iterable[Component]) -> list[dict[str, Any]]:
    listed = list(others)
    inside = {one.name: [each.name for each in listed if each.within == one.name] for one in listed}
    direct = [one.name for one in listed if not one.within]
    return [
        {"ref": root, "dependsOn": direct},
        *({"ref": name, "dependsOn": parts} for name, parts in inside.items()),
    ]
