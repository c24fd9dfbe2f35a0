"""Numbers of states in names and files."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from halfcell.techniques.impedance.state_order import in_order, state


@pytest.mark.parametrize(
    ("meta", "number"),
    [
        ({"tags": {"cycle": "10"}}, 10.0),
        ({"tags": {"soc": "0_5"}}, 0.5),
        ({"cycle": 3}, 3.0),
        ({"tags": {"state": "pristine"}}, None),
        ({}, None),
        (None, None),
    ],
)
def test_the_number_of_a_state_is_its_cycle_or_another_tag(meta: object, number: float | None) -> None:
    assert state(meta) == number


def _labels(*states: tuple[str, str]) -> list[str]:
    """Labels in order, of results with the number of a cycle and a label."""
    results = [SimpleNamespace(label=label, meta={"tags": {"cycle": cycle}}) for cycle, label in states]
    return [one.label for one in in_order(results)]  # type: ignore[arg-type]


def test_states_are_in_the_order_of_their_numbers() -> None:
    assert _labels(("10", "b"), ("2", "a")) == ["a", "b"]


def test_states_that_share_a_number_stay_as_given() -> None:
    assert _labels(("10", "b"), ("10", "a")) == ["b", "a"]
