"""List the numbers that the analyses rest on: ``python docs/make_numerical_choices.py`` writes the page.

docs/explanation/numerical-choices.md has a table for each module of the packages that compute, with each named number,
its value, and what the code says of it: the comment beside it or above it, or the text below it.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "halfcell"
TARGET = ROOT / "docs" / "explanation" / "numerical-choices.md"
PACKAGES = ("maths", "techniques", "materials", "twin", "audit")
HEAD = """# Numerical choices

Made by `python docs/make_numerical_choices.py` from the code: thresholds, windows, limits and constants of the
analyses, the cell models and the audit: what each is, why it has this value, and where it is from. "Chosen" marks a
number that could as well be somewhat larger or smaller. A number that a user can change is a setting of its technique
instead (see the reference of the techniques).
"""


@dataclass(frozen=True)
class Choice:
    """A named number of a module: its name, its value as the code has it, and what is said of it."""

    name: str
    value: str
    reason: str


def choices(path: Path) -> list[Choice]:
    """The named numbers of a module, in the order of the code."""
    text = path.read_text(encoding="utf-8")
    comments = _comments(text)
    body = ast.parse(text).body
    found = []
    for node, after in zip(body, [*body[1:], None], strict=True):
        named = _named(node)
        if named and (value := getattr(node, "value", None)) is not None and _is_numeric(value):
            found.append(
                Choice(
                    ", ".join(name.lstrip("_") for name in named), ast.unparse(value), _reason(node, after, comments)
                )
            )
    return found


def _named(node: ast.stmt) -> list[str]:
    """The names in capitals that a statement gives to values."""
    if isinstance(node, ast.AnnAssign):
        targets: list[ast.expr] = [node.target]
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        (target,) = node.targets
        targets = list(target.elts) if isinstance(target, ast.Tuple) else [target]
    else:
        return []
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    return names if names and all(re.fullmatch(r"_*[A-Z][A-Z0-9_]*", name) for name in names) else []


def _is_numeric(node: ast.expr) -> bool:
    """Whether an expression is made of numbers only, with names of other numbers and functions of numpy."""
    constants = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
    allowed = (
        ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.Tuple, ast.Name, ast.Attribute,
        ast.expr_context,
    )  # fmt: skip
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in constants)
    return bool(constants) and numbers and all(isinstance(one, allowed) for one in ast.walk(node))


def _comments(text: str) -> dict[int, tuple[str, bool]]:
    """The comment of each line, and whether it has the line for itself."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    found = (token for token in tokens if token.type == tokenize.COMMENT)
    return {token.start[0]: (token.string.lstrip("# "), not token.line[: token.start[1]].strip()) for token in found}


def _reason(node: ast.stmt, after: ast.stmt | None, comments: dict[int, tuple[str, bool]]) -> str:
    """What the code says of a number: beside it, below it as a text, or above it."""
    beside = [comments[line][0] for line in range(node.lineno, (node.end_lineno or 0) + 1) if line in comments]
    if beside:
        return " ".join(beside)
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
        return " ".join(after.value.value.split())
    above, line = [], node.lineno - 1
    while line in comments and comments[line][1]:
        above.append(comments[line][0])
        line -= 1
    return " ".join(reversed(above))


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    for package in PACKAGES:
        yield f"## {package}"
        yield ""
        for path in sorted((SOURCE / package).rglob("*.py")):
            found = choices(path)
            if not found:
                continue
            yield f"### {path.relative_to(SOURCE).with_suffix('').as_posix()}"
            yield ""
            yield "| name | value | meaning, reason, source |"
            yield "|---|---|---|"
            for one in found:
                yield f"| `{one.name}` | `{_short(one.value)}` | {_cell(one.reason)} |"
            yield ""


def _short(value: str) -> str:
    """A value as one cell: long lists of numbers are cut."""
    return _cell(value if len(value) <= 60 else f"{value[:57]}...")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;") if "`" not in text else text.replace("|", "\\|")


def main() -> None:
    """Write the page."""
    TARGET.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
