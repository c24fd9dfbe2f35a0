"""The page of benchmarks is made by one command: every script is run by it, every peer pinned, every loss explained."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "benchmarks"
HELPERS = {  # what scripts import, or run in the environment of a peer
    "__main__.py", "page.py", "peers.py", "ratios.py", "cpu_time.py", "cycler_files.py", "diffraction_xrayutilities.py",
    "app_peers/content.py", "app_peers/dash_page.py", "app_peers/nicegui_page.py", "app_peers/panel_page.py",
    "app_peers/streamlit_page.py",
}  # fmt: skip
PLAN = tomllib.loads((FOLDER / "runs.toml").read_text(encoding="utf-8"))


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_script_is_run() -> None:
    scripts = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.py")} - HELPERS
    words = {word for run in PLAN["run"] for word in run["command"]}
    named = {word.removeprefix("benchmarks/") for word in words if word.endswith(".py")}
    named |= {f"{word.removeprefix('benchmarks.')}.py" for word in words if word.startswith("benchmarks.")}
    assert named == scripts


def test_every_peer_is_known_and_its_versions_are_named() -> None:
    used = {name for run in PLAN["run"] for name in run.get("peers", ())}
    assert used == set(PLAN["peers"])
    assert all("==" in package for wanted in PLAN["peers"].values() for package in wanted["packages"])


def test_a_peer_that_is_not_there_is_told_and_not_installed(tmp_path: Path) -> None:
    peers: Any = _module("peers")
    found = peers.peer(tmp_path / "yadg", {"packages": ["yadg==7.0.1"]})
    assert found.python == ""
    assert found.remark == "no environment (asked for: yadg==7.0.1)"
    assert list(tmp_path.iterdir()) == []


def test_a_version_other_than_the_one_asked_for_is_told() -> None:
    peers: Any = _module("peers")
    found = peers.peer(Path(sys.executable), {"packages": ["pytest==0.1"], "python": "3.99"})
    assert found.python == sys.executable
    assert found.versions["pytest"] == pytest.__version__
    assert found.remark == "not measured: pytest 0.1, which needs Python 3.99"


def test_a_section_is_replaced_and_the_others_kept_with_the_ratios_of_all(tmp_path: Path) -> None:
    page: Any = _module("page")
    comment = page.ratio_comment('{"work": "reading", "peer": "x", "ratio": 4.0}\n')
    plan = {"run": [{"name": "a"}, {"name": "b"}], "remark": [{"work": "reading", "peer": "x", "text": "why"}]}
    sections = {name: f"<!-- {name} -->\n## {name}\n\n{comment}It took 1 s.\n" for name in "ab"}
    path = tmp_path / "page.md"
    path.write_text(page.page("# Head\n", plan, sections), encoding="utf-8")
    assert page.earlier_sections(path) == sections
    assert "| reading | x | 4 | 4 to 4 | 2 | why |" in path.read_text(encoding="utf-8")


def test_wherever_halfcell_is_slower_the_page_says_why() -> None:
    page: Any = _module("page")
    text = (ROOT / "docs" / "benchmark-runs.md").read_text(encoding="utf-8")
    said = {(one["work"], one["peer"]) for one in PLAN.get("remark", ())}
    slower = {row for row, values in page.ratios(text).items() if sorted(values)[len(values) // 2] < 1}
    assert slower <= said
