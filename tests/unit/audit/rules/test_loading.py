"""Loadings, masses and the area that cells share."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

CAPTIONS = (
    ("Fig. 1", "Profiles of the graphite|NCM811 full cell with a cathode loading of 15.5 mg cm-2"),
    ("Fig. 2", "Profiles of the Sn|NCM811 full cell with a cathode loading of 15.3 mg cm-2"),
    ("Fig. 3", "Profiles of the Si|NCM811 full cells with cathode loadings of a 15.3 mg cm-2 and b 12.7 mg cm-2"),
)
HEAD = "Anode; Cathode; Mass of NCM811 (mg)"


@pytest.mark.parametrize(
    ("mass", "verdict"), [("12.01", Verdict.HOLDS), ("9.98", Verdict.HOLDS), ("12.18", Verdict.FAILS)]
)
def test_one_area_for_all(mass: str, verdict: Verdict) -> None:
    """Two cells share 0.785 cm2 (a disc of 10 mm); the third must have a stated loading that gives its mass."""
    table = f"{HEAD}\nGraphite; NCM811; 12.18\nSn; NCM811; 12.01\nSi; NCM811; {mass}"
    made = report(("Table 1", "Full cells", table), rules=("loading",), captions=CAPTIONS)
    found = {f.what: f for f in findings(made, "loading") if f.verdict is not Verdict.SEEN}
    assert found["mass of cathode active material of Si|NCM811 and its loading"].verdict is verdict
    assert "10 mm" in found["mass of cathode active material of Si|NCM811 and its loading"].explain


def test_one_cell_alone_gives_no_area() -> None:
    table = f"{HEAD}\nGraphite; NCM811; 12.18"
    assert (
        findings(report(("Table 1", "Full cells", table), rules=("loading",), captions=CAPTIONS[:1]), "loading") == []
    )


def test_a_printed_diameter_is_enough() -> None:
    table = f"{HEAD}\nGraphite; NCM811; 21.18"
    text = ("Electrodes were punched to discs with a diameter of 10.0 mm.",)
    made = report(("Table 1", "Full cells", table), rules=("loading",), captions=CAPTIONS[:1], text=text)  # type: ignore[arg-type]
    assert [f.verdict for f in findings(made, "loading")] == [Verdict.FAILS]


@pytest.mark.parametrize(
    ("loading", "asked"),
    [
        ("51.5", ["electrode area of Graphite|NCM811"]),  # turned digits: 0.236 cm2
        ("10.8", []),  # a disc of 12 mm beside one of 10 mm
        ("0.97", []),  # a pouch cell of 12.6 cm2
    ],
)
def test_cells_without_a_common_area_are_asked_about(loading: str, asked: list[str]) -> None:
    """Mass and loading are linked by the cell's name; the other cell has a disc of 10 mm."""
    table = f"{HEAD}\nGraphite; NCM811; 12.18\nSn; NCM811; 12.01"
    first = ("Fig. 1", CAPTIONS[0][1].replace("15.5", loading))
    made = report(("Table 1", "Full cells", table), rules=("loading",), captions=(first, CAPTIONS[1]))
    found = findings(made, "loading")
    assert [f.what for f in found] == asked
    assert all((f.verdict, f.severity) == (Verdict.SEEN, "warning") and f.ask for f in found)
