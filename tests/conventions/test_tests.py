"""Tests read like specifications: fixtures say what they make, tests of snapshots what in them matters."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def _silent(word: str, is_meant: Callable[[ast.FunctionDef], bool]) -> Iterator[str]:
    """Functions without a docstring in files that hold a word, as ``file: function``."""
    for path in sorted(TESTS.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if word in text else ():
            if isinstance(node, ast.FunctionDef) and not ast.get_docstring(node) and is_meant(node):
                yield f"{path.relative_to(TESTS).as_posix()}: {node.name}"


def _is_fixture(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(mark).startswith("pytest.fixture") for mark in node.decorator_list)


def _checks_a_snapshot(node: ast.FunctionDef) -> bool:
    calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return node.name.startswith("test_") and any(isinstance(f, ast.Name) and f.id == "check" for f in calls)


def test_every_fixture_says_what_it_makes() -> None:
    assert list(_silent("pytest.fixture", _is_fixture)) == []


def test_every_test_of_a_snapshot_says_what_in_it_matters() -> None:
    assert list(_silent("from snapshots import check", _checks_a_snapshot)) == []
