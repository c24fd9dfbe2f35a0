"""Conventions 1 and 2: small files, small functions, small classes, frozen records, no broad except."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "halfcell"
FILES = sorted(SOURCE.rglob("*.py"))
OPEN = {"stamped", "analyse"}  # fields of a record by name; settings of a technique by name, checked by `build`
BROAD = {"core/unexpected_errors.py"}  # the one place that runs code which may raise anything


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _offences(found: Callable[[ast.Module], Iterable[object]]) -> list[str]:
    """What a rule finds in each file, as ``file: what``: one test per rule, which names all that break it."""
    return [f"{path.relative_to(SOURCE).as_posix()}: {what}" for path in FILES for what in found(_parsed(path))]


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def _loose_dataclasses(tree: ast.Module) -> Iterator[str]:
    for node in (n for n in ast.walk(tree) if isinstance(n, ast.ClassDef)):
        for mark in map(ast.unparse, node.decorator_list):
            if mark.split("(")[0].endswith("dataclass") and "frozen=True" not in mark:
                yield node.name


def _broad_excepts(tree: ast.Module) -> Iterator[int]:
    for node in (n for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler)):
        caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else {"Exception"}
        if caught & {"Exception", "BaseException"}:
            yield node.lineno


def _crowded_classes(tree: ast.Module) -> Iterator[str]:
    for node in (n for n in ast.walk(tree) if isinstance(n, ast.ClassDef)):
        if sum(isinstance(n, ast.FunctionDef) for n in node.body) > 10:
            yield node.name


def _asserts_and_evals(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}
        if is_call or isinstance(node, ast.Assert):
            yield node.lineno


def _open_keywords(tree: ast.Module) -> Iterator[str]:
    public = (f for f in _functions(tree) if not f.name.startswith("_") and f.name not in OPEN)
    return (f.name for f in public if f.args.kwarg is not None)


def _without_docstring(tree: ast.Module) -> Iterator[str]:
    named = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return (n.name for n in named if not n.name.startswith("_") and not ast.get_docstring(n))


def test_files_have_at_most_300_lines() -> None:
    long = {path.relative_to(SOURCE).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: count for name, count in long.items() if count > 300} == {}


def test_modules_say_what_they_are() -> None:
    """The first line of the docstring is the module's help text."""
    assert _offences(lambda tree: [] if (ast.get_docstring(tree) or "").splitlines()[:1] else ["no docstring"]) == []


def test_functions_have_at_most_30_lines() -> None:
    assert _offences(lambda tree: (f"{f.name}: {n}" for f in _functions(tree) if (n := _body_lines(f)) > 30)) == []


def test_classes_have_at_most_10_methods() -> None:
    assert _offences(_crowded_classes) == []


def test_dataclasses_are_frozen() -> None:
    assert _offences(_loose_dataclasses) == []


def test_no_broad_except() -> None:
    assert [offence.split(":")[0] for offence in _offences(_broad_excepts)] == sorted(BROAD)


def test_no_assert_no_eval() -> None:
    assert _offences(_asserts_and_evals) == []


def test_no_open_keywords_in_public_functions() -> None:
    assert _offences(_open_keywords) == []


def test_public_functions_have_docstrings() -> None:
    assert _offences(_without_docstring) == []


def test_no_mutated_globals() -> None:
    assert _offences(lambda tree: (n.lineno for n in ast.walk(tree) if isinstance(n, ast.Global))) == []
