"""The mutation table: the page is made from what was measured; ``pytest -m mutation`` measures all of it again."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from mutation import MODULES, TABLE, kept, measure, reasons, table

LEAST_PERCENT = 85.0  # of the changes: what the tests of a module must notice


def test_the_page_is_made_from_what_was_measured() -> None:
    assert TABLE.read_text(encoding="utf-8") == "\n".join(table(kept())) + "\n", "run python tests/mutation.py --page"


@pytest.mark.parametrize("name", kept())
def test_the_tests_of_each_module_notice_most_changes(name: str) -> None:
    assert kept()[name].killed_percent >= LEAST_PERCENT


@pytest.mark.parametrize("name", MODULES)
def test_the_files_and_tests_of_each_module_exist(name: str, root: Path) -> None:
    module = MODULES[name]
    assert list((root / "src" / "halfcell").glob(module.source))
    assert [test for test in module.tests if not (root / "tests" / test).exists()] == []


def test_a_reason_is_of_a_survivor_that_was_measured() -> None:
    """A reason of a line that is no longer there would hide the next change of it."""
    survivors = {(survivor.before, survivor.after) for one in kept().values() for survivor in one.survivors}
    assert reasons().keys() - survivors == set()


@pytest.mark.mutation
@pytest.mark.parametrize("name", MODULES)
def test_changes_are_noticed(name: str) -> None:
    if importlib.util.find_spec("mutmut") is None:
        pytest.skip("mutmut is not installed: pip install mutmut")
    assert measure(name).killed_percent >= LEAST_PERCENT
