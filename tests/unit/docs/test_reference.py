"""The reference pages are what the docstrings say today."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that makes the reference, imported."""
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_are_up_to_date(maker: ModuleType) -> None:
    """If this fails: ``python docs/make_reference.py``."""
    for name, text in maker.pages().items():
        assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == text, name


def test_readme_commands_are_the_two() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("<!-- demo -->") == text.count("<!-- tests -->") == 1
    assert "pip install -q -c constraints.txt" in text
