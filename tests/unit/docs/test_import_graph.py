"""The drawing of the packages is the one that the code gives, and small enough to be understood."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that draws."""
    path = ROOT / "docs" / "make_import_graph.py"
    spec = importlib.util.spec_from_file_location("make_import_graph", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_drawing_is_up_to_date(maker: ModuleType) -> None:
    """If this fails: ``python docs/make_import_graph.py``."""
    assert (ROOT / "docs" / "import-graph.svg").read_text(encoding="utf-8") == maker.drawing()


def test_every_text_fits_its_box(maker: ModuleType) -> None:
    for name, (_, _, width) in maker.boxes(maker.layers()).items():
        lines = maker.what_lines(name, width)
        assert len(lines) <= 2
        assert max(map(len, lines)) * maker.LETTER < width


def test_every_package_stands_in_a_layer(maker: ModuleType) -> None:
    packages = {path.parent.name for path in (ROOT / "src" / "halfcell").glob("*/__init__.py")}
    rows = maker.layers()
    assert {name for row in rows for name in row} == packages
    assert len(rows) <= 10


def test_imports_lead_down_only(maker: ModuleType) -> None:
    rows, edges = maker.layers(), maker.imports()
    level = {name: number for number, row in enumerate(rows) for name in row}
    assert all(level[name] < level[other] for name, others in edges.items() for other in others)


def test_an_import_that_follows_from_another_is_left_out(maker: ModuleType) -> None:
    edges = {"a": {"b", "c"}, "b": {"c"}, "c": set()}
    assert maker.reduced(edges) == {"a": {"b"}, "b": {"c"}, "c": set()}
