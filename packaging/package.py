#!/usr/bin/env python3
"""Build what the office installs: package.py [--target win-x64|linux-x64|linux-arm64|all].

Writes installers, SBOMs and SHA256SUMS to build/dist. A bundle that fails its own self-test
gets no installer. `--quick` stops after the proof and writes none. Ends with 0 where all is
built, 1 where something does not hold, 3 where this machine cannot make a chroot to build in.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

from bundle import evidence
from bundle.assemble import assemble, compile_all, settle
from bundle.chroot import ChrootError, CommandError
from bundle.description import BUILD, Layout, Target, layout
from bundle.errors import BuildError
from bundle.weights import weights
from bundle.wheels import wheels

DIST = BUILD / "dist"
BUNDLES = BUILD / "bundles"
COMPILED_FOR = (3, 11)
FAILED, CANNOT_BUILD_HERE = 1, 3


class Rendering(Protocol):
    """What each system adds to the common bundle, and what it makes of it."""

    def finish(self, bundle: Path, target: Target, described: Layout) -> None:
        """Add the runtime and the launcher."""

    def prove(self, bundle: Path, target: Target, described: Layout) -> None:
        """Run the bundle's self-test where this machine can. Raises where it does not pass."""

    def installers(self, bundle: Path, target: Target, described: Layout, to: Path) -> list[Path]:
        """Write the files that go to the office."""


def main(arguments: Sequence[str]) -> int:
    """Build the targets asked for; print each file written with its size."""
    described = layout()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", default="linux-x64", choices=[*described.targets, "all"])
    parser.add_argument("--quick", action="store_true", help="assemble and prove, write nothing")
    asked = parser.parse_args(arguments)
    if sys.version_info[:2] != COMPILED_FOR:
        sys.exit("The bundle's Python is 3.11, so its modules must be compiled by Python 3.11.")
    names = described.targets if asked.target == "all" else [asked.target]
    try:
        for name in names:
            build(described.targets[name], described, quick=asked.quick)
    except ChrootError as error:
        print(error, file=sys.stderr)
        return CANNOT_BUILD_HERE
    except (BuildError, CommandError) as error:
        print(error, file=sys.stderr)
        return FAILED
    if not asked.quick:
        evidence.write_guide(DIST, described)
        evidence.write_sums(DIST)
    return 0


def build(target: Target, described: Layout, *, quick: bool) -> None:
    """Assemble, prove and wrap one target."""
    system = cast(Rendering, importlib.import_module(_module_of(target)))
    bundle = BUNDLES / target.name
    packages = wheels(target)
    _tell(f"{target.name}: assembling")
    assemble(bundle, described, packages)
    system.finish(bundle, target, described)
    evidence.write_licences(bundle, target, described, packages)
    compile_all(bundle)
    settle(bundle, described.epoch)
    for part, size in weights(bundle):
        _tell(f"{target.name}: {part}  {size / 1e6:.1f} MB")
    _tell(f"{target.name}: proving")
    system.prove(bundle, target, described)
    if quick:
        return
    DIST.mkdir(parents=True, exist_ok=True)
    written = system.installers(bundle, target, described, DIST)
    written.append(evidence.write_sbom(bundle, target, described, packages, DIST))
    for path in written:
        _tell(f"{path.relative_to(BUILD.parent)}  {path.stat().st_size / 1e6:.1f} MB")


def _module_of(target: Target) -> str:
    return "bundle.windows" if target.windows else "bundle.linux"


def _tell(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
