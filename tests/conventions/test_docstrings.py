"""Convention 4: a public function says its parameters, shapes and units, what it returns and raises, and its source.

It is held for `maths` and `materials`, for what analyses and simulates of each technique, and for all functions of
techniques whose docstrings have a section Parameters.

A docstring has sections Parameters (every parameter by name; arrays with a shape), Returns (arrays with a shape) and
Raises (every error that the function itself raises), and ends with ``Source:`` or a section References: literature,
"definition", or that it is a procedure of this package.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE_FOLDER = Path(__file__).resolve().parents[2] / "src" / "halfcell"
HELD = ("maths/**/*.py", "materials/*.py", "techniques/*/analyse.py", "techniques/*/simulate.py")
ARRAY = re.compile(r"\b(Array|Reals|Complexes|Complex|Floats|Integers|Values|Truths|Mask|Marks|Labels|NDArray)\b")
SHAPE = re.compile(r"[Ss]hapes?\b")
SOURCE = re.compile(r"^Sources?: \S|^References\n-+\n", re.MULTILINE)


def _section(doc: str, name: str) -> str | None:
    """The text below a heading, up to the next heading or the source."""
    found = re.search(rf"(?ms)^{name}\n-+\n(.*?)(?=^\S[^\n]*\n-{{3,}}\n|^Sources?: |\Z)", doc)
    return found.group(1) if found else None


def _entries(text: str) -> dict[str, str]:
    """What a section says of each name; several names share what stands below them."""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in text.splitlines():
        if line and not line.startswith(" "):
            names = [name.strip() for name in line.split(",")]
            found |= dict.fromkeys(names, "")
        for name in names:
            found[name] += line + "\n"
    return found


def _is_array(annotation: ast.expr | None) -> bool:
    return annotation is not None and bool(ARRAY.search(ast.unparse(annotation)))


def _lacks(node: ast.FunctionDef) -> Iterator[str]:
    """What a docstring does not say."""
    doc = ast.get_docstring(node) or ""
    said = _entries(_section(doc, "Parameters") or "")
    for given in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if given.arg not in said:
            yield f"parameter {given.arg}"
        elif _is_array(given.annotation) and not SHAPE.search(said[given.arg]):
            yield f"shape of {given.arg}"
    returned = _section(doc, "Returns") or _section(doc, "Yields")
    if returned is None:
        yield "what it returns"
    elif _is_array(node.returns) and not SHAPE.search(returned):
        yield "shape of what it returns"
    raised = {one.exc.func.id for one in ast.walk(node) if isinstance(one, ast.Raise)
              and isinstance(one.exc, ast.Call) and isinstance(one.exc.func, ast.Name)
              and one.exc.func.id[0].isupper()}  # fmt: skip
    yield from (f"error {name}" for name in sorted(raised) if name not in (_section(doc, "Raises") or ""))
    if not SOURCE.search(doc):
        yield "source"


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"))


@pytest.mark.parametrize("held", HELD)
def test_public_functions_say_parameters_shapes_returns_errors_and_source(held: str) -> None:
    missing = [
        f"{path.relative_to(SOURCE_FOLDER).as_posix()}: {node.name} lacks {what}"
        for path in sorted(SOURCE_FOLDER.glob(held))
        for node in _public(ast.parse(path.read_text(encoding="utf-8")))
        for what in _lacks(node)
    ]
    assert missing == []


def _methods(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Public methods of public classes of a module, properties left out."""
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))
    named = (one for node in classes for one in node.body if isinstance(one, ast.FunctionDef))
    return (one for one in named if not one.name.startswith("_") and not one.decorator_list)


def test_methods_of_maths_say_the_shape_of_arrays() -> None:
    missing = [
        f"{path.relative_to(SOURCE_FOLDER).as_posix()}: {node.name}"
        for path in sorted(SOURCE_FOLDER.glob("maths/**/*.py"))
        for node in _methods(ast.parse(path.read_text(encoding="utf-8")))
        if any(map(_is_array, (node.returns, *(one.annotation for one in node.args.args))))
        and not re.search(r"\bshape\b", ast.get_docstring(node) or "")
    ]
    assert missing == []


def test_a_function_of_a_technique_that_lists_parameters_says_the_rest_too() -> None:
    missing = [
        f"{path.relative_to(SOURCE_FOLDER).as_posix()}: {node.name} lacks {what}"
        for path in sorted(SOURCE_FOLDER.glob("techniques/*/*.py"))
        for node in _public(ast.parse(path.read_text(encoding="utf-8")))
        if _section(ast.get_docstring(node) or "", "Parameters") is not None
        for what in _lacks(node)
    ]
    assert missing == []


WHOLE = '''
def twice(x: Array, by: float) -> Array:
    """Twice.

    Parameters
    ----------
    x, by
        V, shape (n,).

    Returns
    -------
    numpy.ndarray
        V, shape (n,).

    Raises
    ------
    ValueError
        Never.

    Source: definition.
    """
    if by < 0:
        raise ValueError("negative")
    return by * x
'''


@pytest.mark.parametrize(
    ("taken", "lacking"),
    [
        ("x, by\n        V, shape (n,).", ["parameter x", "parameter by"]),
        (", by\n", ["parameter by"]),
        ("        V, shape (n,).\n\n    Returns", ["shape of x"]),
        ("Returns\n    -------\n", ["what it returns"]),
        ("shape (n,).\n\n    Raises", ["shape of what it returns"]),
        ("ValueError\n        Never.", ["error ValueError"]),
        ("Source: definition.", ["source"]),
        ("Never.", []),
    ],
)
def test_rule_sees_what_a_docstring_lacks(taken: str, lacking: list[str]) -> None:
    kept = "\n\n    Returns" if taken.endswith("Returns") else "\n\n    Raises" if taken.endswith("Raises") else ""
    kept = "\n" if taken == ", by\n" else kept
    (node,) = _public(ast.parse(WHOLE.replace(taken, kept, 1)))
    assert list(_lacks(node)) == lacking
