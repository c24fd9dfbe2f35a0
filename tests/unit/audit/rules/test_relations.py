"""Relations between columns, and of columns with texts: right tables hold, one typing error is asked about."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.unit.audit.builders import report

from halfcell.audit.claims import Finding

with Path(__file__).with_name("relations.toml").open("rb") as file:
    RELATIONS = tomllib.load(file)["relation"]


def _alarms(relation: dict[str, Any], old: str, new: str) -> list[Finding]:
    rows, text = (relation.get(key, "").replace(old, new) for key in ("rows", "text"))
    caption = relation.get("caption", "Samples")
    made = report(*([("Table 1", caption, rows)] if rows else []), text=(text,), rules=(relation["rule"],))
    return list(made.alarms)


@pytest.mark.parametrize("place", range(len(RELATIONS)))
def test_relation(place: int) -> None:
    relation = RELATIONS[place]
    assert [alarm.explain for alarm in _alarms(relation, "", "")] == []
    found = _alarms(relation, relation["right"], relation["wrong"])
    assert found
    assert {alarm.rule for alarm in found} <= {relation["rule"], "joint"}
    assert any(relation["wrong"].split("e")[0] in alarm.explain for alarm in found)


@pytest.mark.parametrize(
    "text",
    [
        "The capacity decreases from about 203.4 to 187.5 mAh g-1, a retention of 29.2 %.",
        "Smith et al. reported a decrease from 203.4 to 187.5 mAh g-1 and a retention of 29.2 %.",
        "The capacity decreases from 203.4 to 187.5 mAh g-1, a retention of nearly 93 %.",
        "The window was changed from 4.3 to 4.4 V, with a retention of 92.2 % and of 88.1 %.",
        "At temperatures from 25 to 60 °C the retention is 92.2 %.",
    ],
)
def test_sentences_that_state_no_change(text: str) -> None:
    made = report(("Table 1", "Samples", "Sample; Mass (mg)\nA; 1.2\nB; 1.3"), text=(text,), rules=("text_changes",))
    assert [f.explain for f in made.findings if f.rule == "text_changes"] == []
