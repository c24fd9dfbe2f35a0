"""The package `render`: the same file names for paper and screen, no circles between its modules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import halfcell.render

FOLDER = Path(halfcell.render.__file__).parent
BOTH_SIDES = {
    "__init__",
    "annotations",
    "axes",
    "colour_bar",
    "figure",
    "image",
    "layers",
    "layout",
    "legend",
    "occupied",
    "panel",
    "phase_ticks",
    "placed_panel",
    "text",
    "theme",
}
ONE_SIDE = {
    "paper": {"embedded_fonts", "files", "legend_samples"},  # plotly saves nothing, and draws legend samples itself
    "screen": {"parts", "traces"},  # the pieces of plotly's JSON
}
MODULES = {
    ".".join(path.relative_to(FOLDER.parents[1]).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(FOLDER.rglob("*.py"))
}


@pytest.mark.parametrize("side", ["paper", "screen"])
def test_both_sides_have_the_same_files(side: str) -> None:
    assert {path.stem for path in (FOLDER / side).glob("*.py")} == BOTH_SIDES | ONE_SIDE[side]


def test_no_module_is_private() -> None:
    assert [name for name in MODULES if name.split(".")[-1].startswith("_")] == []


def _imports(path: Path) -> set[str]:
    """The modules of this package that a file imports anywhere: at its top, in functions and for types."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                found.add(name if name in MODULES else node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & set(MODULES)


def test_no_circles_between_modules() -> None:
    left = {name: _imports(path) for name, path in MODULES.items()}
    while free := {name for name, needed in left.items() if not needed & set(left)}:
        left = {name: needed for name, needed in left.items() if name not in free}
    assert sorted(left) == []


@pytest.mark.parametrize("side", ["paper", "screen"])
def test_the_two_sides_do_not_know_each_other(side: str) -> None:
    other = {"paper": "screen", "screen": "paper"}[side]
    inside = [path for name, path in MODULES.items() if name.startswith(f"halfcell.render.{side}")]
    crossing = [path.name for path in inside if any(name.split(".")[2:3] == [other] for name in _imports(path))]
    assert crossing == []


def test_shared_modules_know_neither_side() -> None:
    shared = [path for name, path in MODULES.items() if name.count(".") == 2 and path.parent == FOLDER]
    assert shared
    sides = {"paper", "screen"}
    assert [p.name for p in shared if any(sides & set(name.split(".")) for name in _imports(p))] == []
