"""The pages that halfcell writes load nothing, and run only their own scripts."""

from __future__ import annotations

from halfcell.report.content_policy import policy


def test_a_script_is_allowed_by_the_hash_of_its_text() -> None:
    """The example of the W3C recommendation and of MDN: ``doSomething();``."""
    assert "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='" in policy("doSomething();")


def test_without_a_script_none_runs_and_nothing_is_loaded() -> None:
    found = dict(part.strip().split(" ", 1) for part in policy("").split(";"))
    assert found["default-src"] == "'none'"
    assert found["script-src"] == "'none'"
    assert "http" not in policy("x")
    assert "unsafe-inline" not in found["script-src"]
