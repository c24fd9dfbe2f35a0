"""Scherrer sizes."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Materials; 2θ (°); FWHM (°); Crystallite size (nm)"


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("Si; 28.44; 0.843; 9.7", Verdict.HOLDS),  # K = 0.9, Cu K alpha
        ("Si; 28.44; 0.843; 10.2", Verdict.HOLDS),  # K = 0.94
        ("Si; 28.44; 0.843; 19.4", Verdict.FAILS),  # half width taken for full width
        ("Si; 28.44; 0.843; 0.97", Verdict.FAILS),
    ],
)
def test_scherrer(row: str, verdict: Verdict) -> None:
    found = findings(report(("Table 1", "Powders", f"{HEAD}\n{row}"), rules=("crystallite_size",)), "crystallite_size")
    assert [finding.verdict for finding in found] == [verdict]


def test_printed_wavelength_is_used() -> None:
    table = "Materials; 2θ (°); FWHM (°); Wavelength (Å); Crystallite size (nm)\nSi; 12.95; 0.843; 0.7093; 4.3"
    found = findings(report(("Table 1", "Powders", table), rules=("crystallite_size",)), "crystallite_size")
    assert [finding.verdict for finding in found] == [Verdict.HOLDS]


MOLYBDENUM = f"{HEAD}\nA; 12.90; 0.31; 11.9\nB; 14.92; 0.44; 8.4\nC; 21.10; 0.58; 6.4"  # K = 0.9, 0.7107 Å


@pytest.mark.parametrize("caption", ["Powders, Mo Kα", "Powders (λ = 0.7107 Å)", "Powders; wavelength 0.07107 nm"])
def test_wavelength_of_the_caption_is_used(caption: str) -> None:
    found = findings(report(("Table 1", caption, MOLYBDENUM), rules=("crystallite_size",)), "crystallite_size")
    assert {finding.verdict for finding in found} == {Verdict.HOLDS}


def test_nothing_is_claimed_where_two_wavelengths_are_stated() -> None:
    made = report(("Table 1", "Powders, Mo Kα and Co Kα", MOLYBDENUM), rules=("crystallite_size",))
    assert not findings(made, "crystallite_size")


@pytest.mark.parametrize("caption", ["Powders", "Powders, K = 0.9"])
def test_one_usual_shape_factor_where_most_rows_agree_with_it(caption: str) -> None:
    """K = 0.9 gives 12.2 nm in the third row; 13.0 is within what K = 0.89 to 1 allow."""
    table = f"{HEAD}\nA; 28.44; 0.843; 9.7\nB; 28.41; 0.52; 15.8\nC; 28.40; 0.67; 13.0\nD; 28.39; 0.81; 10.1"
    alarms = report(("Table 1", caption, table), rules=("crystallite_size",)).alarms
    assert [alarm.places[0].row for alarm in alarms] == [3]
