"""Each named number of the analyses says why it has its value, and the page of them is what the code says today."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that makes the page, imported."""
    spec = importlib.util.spec_from_file_location("make_numerical_choices", ROOT / "docs" / "make_numerical_choices.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setitem(sys.modules, spec.name, module)  # where a dataclass looks for the names of its annotations
    spec.loader.exec_module(module)
    monkeypatch.undo()
    return module


def test_the_page_is_up_to_date(maker: ModuleType) -> None:
    """If this fails: ``python docs/make_numerical_choices.py``."""
    assert maker.TARGET.read_text(encoding="utf-8") == maker.page()


def test_every_named_number_says_why(maker: ModuleType) -> None:
    paths = [path for package in maker.PACKAGES for path in (maker.SOURCE / package).rglob("*.py")]
    silent = [f"{p.relative_to(maker.SOURCE)}: {one.name}" for p in paths for one in maker.choices(p) if not one.reason]
    assert silent == []


def test_reasons_are_found_beside_above_and_below(maker: ModuleType, tmp_path: Path) -> None:
    code = 'A = 1.5  # m; beside\n# Above,\n# in two lines.\nB, _C = 2, 3\nD = 4\n"""Below."""\n'
    code += 'e = 5\nF = "text"\nG = (A, 7)\n'
    (tmp_path / "made.py").write_text(code, encoding="utf-8")
    found = [(one.name, one.value, one.reason) for one in maker.choices(tmp_path / "made.py")]
    assert found == [
        ("A", "1.5", "m; beside"),
        ("B, C", "(2, 3)", "Above, in two lines."),
        ("D", "4", "Below."),
        ("G", "(A, 7)", ""),
    ]
