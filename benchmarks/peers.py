"""Environments of the peers, so that none of them is a dependency of halfcell: found, or made with pip where asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_VERSIONS = """
import importlib.metadata, json, platform, sys
found = {"Python": platform.python_version()}
for name in sys.argv[1:]:
    try: found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError: pass
print(json.dumps(found))
"""


@dataclass(frozen=True, kw_only=True)
class Peer:
    """The environment of a peer.

    `python` is its interpreter, empty where there is none; `versions` are those of Python and of its packages; `remark`
    says what is missing, or older than what `benchmarks/runs.toml` asks for.
    """

    python: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""


def peer(place: Path, wanted: Mapping[str, Any], *, install: bool = False, newer: str = "") -> Peer:
    """The environment of a peer.

    Parameters
    ----------
    place
        Its interpreter, or its folder.
    wanted
        `packages` with their versions (``yadg==7.0.1``), and the oldest `python` that these run on.
    install
        Whether to make it with pip where it is not there; otherwise nothing is downloaded.
    newer
        A newer Python, for a peer that this one is too old for; by default the first that is found on the path.
    """
    python = place if place.is_file() else place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    failure = ""
    if not python.is_file() and install:
        failure = _make(place, wanted["packages"], wanted.get("python", ""), newer)
    if not python.is_file():
        return Peer(remark=failure or f"no environment (asked for: {', '.join(wanted['packages'])})")
    pins = dict(one.split("==") for one in wanted["packages"])
    versions = _versions(python, list(pins))
    others = [f"{name} {pin}" for name, pin in pins.items() if versions.get(name) != pin]
    needs = f", which needs Python {wanted['python']}" if "python" in wanted else ""
    remark = f"not measured: {', '.join(others)}{needs}" if others else ""
    is_there = next(iter(pins)) in versions
    return Peer(python=str(python) if is_there else "", versions=versions if is_there else {}, remark=failure or remark)


def _make(place: Path, packages: Sequence[str], oldest: str, newer: str) -> str:
    """Make an environment; what went wrong, in one line."""
    interpreter = _interpreter(oldest, newer)
    if not interpreter:
        return f"{', '.join(packages)} needs Python {oldest}, which this machine does not have; nothing is quoted"
    subprocess.run([interpreter, "-m", "venv", str(place)], check=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-q", *packages]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    return " ".join(done.stderr.strip().splitlines()[-1:]) if done.returncode else ""


def _interpreter(oldest: str, newer: str) -> str:
    """This Python, or a newer one of this machine where the peer needs it; empty if there is none."""
    if not oldest or sys.version_info[:2] >= tuple(map(int, oldest.split("."))):
        return sys.executable
    if newer:
        return newer
    names = (f"python3.{minor}" for minor in range(int(oldest.split(".")[1]), 20))
    found = (path for name in names if (path := shutil.which(name)))
    return next((path for path in found if _versions(Path(path), [])), "")


def _versions(python: Path, packages: Sequence[str]) -> dict[str, str]:
    """The versions of Python and of the packages that an interpreter has; empty if it does not work."""
    done = subprocess.run([str(python), "-c", _VERSIONS, *packages], capture_output=True, text=True, check=False)
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}
