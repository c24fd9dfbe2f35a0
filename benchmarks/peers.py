"""Environments of the peers: one each, made with pip, so that none of them is a dependency of halfcell."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

NEWEST_PYTHON = "3.14"
"""For this version the index is asked which release is the newest of all."""


@dataclass(frozen=True, kw_only=True)
class Peer:
    """The environment of a peer: its interpreter, the version of each package in it, and what is wrong with it.

    `newer` names releases that need a newer Python than this machine has.
    """

    python: Path
    versions: Mapping[str, str]
    newer: tuple[str, ...] = ()
    failure: str = ""


def peer(folder: Path, name: str, requirements: Sequence[str]) -> Peer:
    """The environment of a peer below `folder`; it is made if it is not there."""
    python = folder / name / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    failure = ""
    if not python.exists():
        venv.create(folder / name, with_pip=True)
        failure = _pip(python, "install", "-q", *requirements).failure
    packages = [re.split(r"[<>=!~\[ ]", requirement)[0] for requirement in requirements]
    versions = _versions(python, packages)
    missing = [package for package in packages if package not in versions]
    newer = tuple(text for package in packages if (text := _newer(package, versions.get(package, ""))))
    failure = failure or (f"not installed: {', '.join(missing)}" if missing else "")
    return Peer(python=python, versions=versions, newer=newer, failure=failure)


@dataclass(frozen=True)
class _Answer:
    text: str
    failure: str


def _pip(python: Path, *words: str) -> _Answer:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    last = done.stderr.strip().splitlines()[-1:] if done.returncode else []
    return _Answer(done.stdout, " ".join(last))


def _versions(python: Path, packages: Sequence[str]) -> dict[str, str]:
    listed = json.loads(_pip(python, "list", "--format", "json").text or "[]")
    found = {_bare(one["name"]): one["version"] for one in listed}
    return {package: found[_bare(package)] for package in packages if _bare(package) in found}


def _newer(package: str, installed: str) -> str:
    """The newest release of a package, if this machine's Python is too old for it."""
    answer = _pip(Path(sys.executable), "index", "versions", package, "--python-version", NEWEST_PYTHON)
    newest = re.search(rf"^{re.escape(package)} \((.+)\)", answer.text)
    if not newest or newest[1] == installed:
        return ""
    return f"{package} {newest[1]}"


def _bare(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
