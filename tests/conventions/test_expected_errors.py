"""A test of an error of halfcell says which one it expects: by `match`, or by looking at the error that it caught."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from halfcell.core import errors

OURS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, (Exception, Warning))
}
BARE = """
def test_a():
    with pytest.raises(InputError):
        f()
def test_b():
    with pytest.raises((ValueError, errors.Refused)) as caught:
        f()
"""
NAMED = """
def test_a():
    with pytest.raises(InputError, match="a") as caught:
        f()
def test_b():
    with open(x), pytest.raises(InputError) as caught:
        f()
    assert caught.value.what == "a"
def test_c():
    with pytest.raises(ValueError):
        f()
"""


def _bare(function: ast.FunctionDef) -> Iterator[int]:
    """The lines of a test on which any error of a class of halfcell would do."""
    used = [node.id for node in ast.walk(function) if isinstance(node, ast.Name)]
    items = [item for node in ast.walk(function) if isinstance(node, ast.With) for item in node.items]
    for item in items:
        call = item.context_expr
        if not (isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.raises"):
            continue
        names = {node.id for one in call.args for node in ast.walk(one) if isinstance(node, ast.Name)}
        names |= {node.attr for one in call.args for node in ast.walk(one) if isinstance(node, ast.Attribute)}
        caught = item.optional_vars.id if isinstance(item.optional_vars, ast.Name) else ""
        if names & OURS and not any(word.arg == "match" for word in call.keywords) and used.count(caught) < 2:
            yield call.lineno


def _bare_in(text: str) -> list[int]:
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return sorted({line for function in functions for line in _bare(function)})


@pytest.mark.parametrize(("text", "lines"), [(BARE, [3, 6]), (NAMED, [])])
def test_the_check_sees_what_is_bare(text: str, lines: list[int]) -> None:
    assert _bare_in(text) == lines


def test_every_test_of_an_error_says_what_it_expects(root: Path) -> None:
    paths = sorted((root / "tests").rglob("*.py"))
    found = {path.relative_to(root).as_posix(): _bare_in(path.read_text(encoding="utf-8")) for path in paths}
    assert {path: lines for path, lines in found.items() if lines} == {}
