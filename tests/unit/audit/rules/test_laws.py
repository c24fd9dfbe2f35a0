"""Laws with a constant of nature: right tables of textbook values hold, one typing error is asked about."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.unit.audit.builders import report

with Path(__file__).with_name("laws.toml").open("rb") as file:
    TABLES = tomllib.load(file)["law"]


@pytest.mark.parametrize("name", TABLES)
def test_law(name: str) -> None:
    table = TABLES[name]
    rule = table.get("rule", name)
    assert [a.explain for a in report(("Table 1", "Samples", table["rows"]), rules=(rule,)).alarms] == []
    wrong = table["rows"].replace(table["right"], table["wrong"])
    (alarm,) = report(("Table 1", "Samples", wrong), rules=(rule,)).alarms
    assert alarm.rule == rule
