"""Relations that the other rows of a table hold: one typing error is asked about, another batch is not."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import report

from halfcell.audit.typing_errors import typing_errors

HEAD = "Disc; Weight loss A (mg); Weight loss B (mg); Weight loss of both (mg)"
ROWS = ("1; 12.41; 3.87; 16.28", "2; 15.93; 4.12; 20.05", "3; 11.06; 5.31; 16.37", "4; 13.78; 2.94; 16.72")


def _alarms(*rows: str, head: str = HEAD) -> list[str]:
    made = report(("Table 1", "Discs", "\n".join((head, *rows))), rules=("other_rows",))
    return [alarm.printed for alarm in made.alarms]


def test_a_sum_without_words() -> None:
    assert _alarms(*ROWS) == []
    assert _alarms(*ROWS[:3], "4; 13.78; 2.94; 17.62") == ["17.62 mg"]


def test_what_no_typing_error_explains_is_not_asked_about() -> None:
    assert _alarms(*ROWS[:3], "4; 13.78; 2.94; 23.75") == []


def test_a_constant_factor() -> None:
    """A third of the coating is inactive in all discs; a disc of another batch has its own share."""
    head = "Disc; Coating (mg); Powder (mg)"
    rows = ["1; 12.411; 8.274", "2; 15.933; 10.622", "3; 11.064; 7.376", "4; 13.782; 9.188", "5; 14.520; 9.680"]
    assert _alarms(*rows, head=head) == []
    assert len(_alarms(*rows[:4], "5; 14.520; 6.980", head=head)) == 1  # 9.680 with two digits swapped

    assert _alarms(*rows[:4], "5; 14.520; 11.273", head=head) == []


def test_typing_errors() -> None:
    assert set(typing_errors("1.2")) >= {"2.1", "12", "1.3", "9.2"}
    assert "1.2" not in set(typing_errors("1.2"))


@pytest.mark.parametrize("text", ["1e5", "2.8075160000000006"])
def test_numbers_that_nobody_types(text: str) -> None:
    assert list(typing_errors(text)) == []
