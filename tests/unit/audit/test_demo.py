"""The bundled example: every planted error is found by its rule in its place, and nothing else raises an alarm."""

from __future__ import annotations

import tomllib

from halfcell.audit import audit_file, demo


def test_planted_errors_are_found_and_no_others() -> None:
    planted = tomllib.loads(demo.PLANTED.read_text(encoding="utf-8"))["error"]
    alarms = audit_file(demo.PATH).alarms
    assert sorted((a.rule, a.places[0].where) for a in alarms) == sorted((e["rule"], e["where"]) for e in planted)


def test_it_says_that_it_is_invented() -> None:
    text = demo.PATH.read_text(encoding="utf-8")
    assert "invented by the makers of halfcell" in text
    assert all("nvented" in line for line in text.splitlines() if line.startswith(("Fig.", "Table")))
