"""Laws of the audit: names of samples and the order of rows and columns change no verdict."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.audit.builders import report

HEADS = ("Sample", "Initial discharge capacity (mAh/g)", "Initial charge capacity (mAh/g)", "ICE (%)")
ROWS = (
    ("S-A", "425.3", "351.2", "82.6"),
    ("S-B", "373.2", "320.1", "58.8"),  # 85.8: swapped digits
    ("S-C", "416.1", "377.7", "90.8"),
    ("S-D", "402.5", "340.4", "84.6"),
    ("S-E", "511.9", "407.8", "76.9"),  # 79.7: swapped digits
)
NAMES = ("S-A", "Si@C", "NCM811-2", "graphite", "P3", "Sn (annealed)", "LFP/C", "600 °C", "bare", "Fe2O3")


def _verdicts(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    """What was printed and computed of each efficiency that is an alarm."""
    table = ("Table 1", "Half cells of anodes", "\n".join("; ".join(row) for row in (heads, *rows)))
    made = report(table, rules=("coulombic_efficiency",))
    return sorted((alarm.printed, alarm.computed) for alarm in made.alarms)


def test_two_wrong_efficiencies_are_found() -> None:
    assert [printed for printed, _ in _verdicts(HEADS, list(ROWS))] == ["58.8 %", "76.9 %"]


@settings(max_examples=15)
@given(rows=st.permutations(ROWS), columns=st.permutations(range(1, 4)))
def test_the_order_of_rows_and_columns_does_not_matter(rows: list[tuple[str, ...]], columns: list[int]) -> None:
    order = (0, *columns)
    turned = [tuple(row[place] for place in order) for row in rows]
    assert _verdicts(tuple(HEADS[place] for place in order), turned) == _verdicts(HEADS, list(ROWS))


@settings(max_examples=15)
@given(names=st.permutations(NAMES))
def test_the_names_of_the_rows_do_not_matter_to_an_efficiency(names: list[str]) -> None:
    renamed = [(name, *row[1:]) for name, row in zip(names, ROWS, strict=False)]
    assert _verdicts(HEADS, renamed) == _verdicts(HEADS, list(ROWS))
