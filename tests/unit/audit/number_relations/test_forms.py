"""The forms of relations that the numbers of a table show, each with a table of right numbers and one typing error."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.unit.audit.builders import report

with Path(__file__).with_name("forms.toml").open("rb") as file:
    TABLES = tomllib.load(file)


def _alarms(rows: str) -> list[str]:
    return [alarm.explain for alarm in report(("Table 1", "", rows), rules=("other_rows",)).alarms]


@pytest.mark.parametrize("form", TABLES["form"])
def test_form(form: str) -> None:
    table = TABLES["form"][form]
    assert _alarms(table["rows"]) == []
    assert _alarms(table["rows"].replace(table["right"], table["wrong"]))


@pytest.mark.parametrize("name", TABLES["spurious"])
def test_what_is_no_relation(name: str) -> None:
    assert _alarms(TABLES["spurious"][name]["rows"]) == []
