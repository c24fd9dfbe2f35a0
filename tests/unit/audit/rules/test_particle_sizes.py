"""Percentiles, span and means of size distributions."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Sample; D10 (µm); D50 (µm); D90 (µm); Span; D[3,2] (µm); D[4,3] (µm)"

RULES = ("particle_sizes",)


@pytest.mark.parametrize(
    ("row", "failing"),
    [
        ("x; 2.1; 6.4; 14.8; 1.98; 4.6; 7.6", set()),
        ("x; 2.1; 14.8; 6.4; 0.29; 4.6; 7.6", {"D90 of x is not below D50"}),
        ("x; 2.1; 6.4; 14.8; 2.31; 4.6; 7.6", {"span of x"}),  # D90 / D50
        ("x; 2.1; 6.4; 14.8; 1.98; 7.6; 4.6", {"D[4,3] of x is not below D[3,2]"}),
    ],
)
def test_row(row: str, failing: set[str]) -> None:
    made = report(("Table 1", "Sizes of the powders", f"{HEAD}\n{row}"), rules=("particle_sizes",))
    found = findings(made, "particle_sizes")
    assert len(found) == 4
    assert {finding.what for finding in found if finding.verdict is Verdict.FAILS} == failing


@pytest.mark.parametrize(
    "head",
    [
        "Dx(10) (µm); Dx(50) (µm); Dx(90) (µm); Span",
        "Dv10 (um); Dv50 (um); Dv90 (um); Relative span",
        "Particle size D10 (µm); Particle size D50 (µm); Particle size D90 (µm); Span",
        "D10 / μm; Median D50 / μm; D90 / μm; Span",
    ],
)
def test_other_names_of_percentiles(head: str) -> None:
    found = findings(report(("Table 1", "Powders", f"Sample; {head}\nx; 5.0; 2.0; 12.0; 2.90"), rules=RULES), RULES[0])
    assert [f.verdict for f in found] == [Verdict.FAILS, Verdict.WEAK, Verdict.FAILS]


@pytest.mark.parametrize("head", ["SMD (µm); VMD (µm)", "Sauter mean diameter (µm); De Brouckere mean diameter (µm)"])
def test_other_names_of_means(head: str) -> None:
    found = findings(report(("Table 1", "Powders", f"Sample; {head}\nx; 8.0; 5.0"), rules=RULES), RULES[0])
    assert [f.verdict for f in found] == [Verdict.FAILS]
