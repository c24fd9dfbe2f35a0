"""Conventions 2 and 3: techniques and maths never print, log, read files or look at the clock; no host, no path."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "halfcell"
PURE = sorted(p for package in ("maths", "techniques", "materials") for p in (SOURCE / package).rglob("*.py"))
FORBIDDEN = {"print", "open", "input"}
CLOCKS = {"time", "datetime", "logging", "random", "socket", "urllib.request", "requests"}


def _impure(path: Path) -> set[str]:
    """What a module calls or imports that it must not."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    imported |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    return names & FORBIDDEN | imported & CLOCKS


def test_pure_packages() -> None:
    found = {path.relative_to(SOURCE).as_posix(): _impure(path) for path in PURE}
    assert {name: what for name, what in found.items() if what} == {}


def test_constraints_name_no_host() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[A-Za-z0-9_.\-]+==[A-Za-z0-9_.+!\-]+( ?;.*)?", pin) for pin in pins)
