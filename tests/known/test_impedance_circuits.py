"""Impedance spectra from bug reports, and blocking pellets of which the README or the MANIFEST says what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.readers import read
from halfcell.techniques.impedance import Settings, analyse

LOOPS = "13-eis-inductive-loops"


@pytest.mark.parametrize("name", ["block80", "block89", "block95", "block89_10uF"])
@pytest.mark.parametrize("circuit", ["Rs-p(R1,CPE1)-CPE2", "auto"])
def test_blocking_pellets(data: Path, name: str, circuit: str) -> None:
    """170 + 1300 ohm and a blocking CPE, 0.1 % noise."""
    result = analyse(read(data / f"more/eis/{name}.csv"), Settings(circuit=circuit))
    assert result["Rs"].value == pytest.approx(170, rel=0.01)
    assert result["R1"].value == pytest.approx(1300, rel=0.005)
    assert abs(result["R1"].value - 1300) < 3 * (result["R1"].std or 0.0)
    assert result.arcs[0]["quoted"]


def test_inductive_points_at_high_frequency(cases: Path) -> None:
    result = analyse(read(cases / LOOPS / "inductive_tail.csv"), Settings())
    found = [result[name].value for name in ("Rs", "Rint", "Rct", "arc_resistance_sum")]
    assert found == pytest.approx([5, 20, 50, 70], rel=1e-3)


def test_loop_at_low_frequency_is_found(cases: Path) -> None:
    """The circuit that is chosen has the loop; no sum of arcs stands for the resistance at zero frequency."""
    result = analyse(read(cases / LOOPS / "low_frequency_loop.csv"), Settings())
    assert "Lloop" in result.circuit
    assert sorted(result[name].value for name in ("Rs", "R1", "R2")) == pytest.approx([5, 20, 50], rel=1e-3)
    assert "arc_resistance_sum" not in result.quantities


def test_loop_that_the_circuit_does_not_have(cases: Path) -> None:
    circuit = "Rs-p(Rint,CPEint)-p(Rct,CPEct)"
    result = analyse(read(cases / LOOPS / "low_frequency_loop.csv"), Settings(circuit=circuit))
    assert "low_frequency_loop" in {note.code for note in result.notes if note.level == "doubt"}
    assert "arc_resistance_sum" not in result.quantities
    assert not any(row["quoted"] for row in result.arcs)


@pytest.mark.parametrize("lowest", [0.05, 0.3, 1.0])
def test_loop_that_is_cut_off_is_not_quoted(cases: Path, lowest: float) -> None:
    """Cutting the loop off by the frequency range leaves it in the arc before it (44.3 was quoted for 50)."""
    made = read(cases / LOOPS / "low_frequency_loop.csv")
    for circuit in ("Rs-p(Rint,CPEint)-p(Rct,CPEct)", "auto"):
        result = analyse(made, Settings(circuit=circuit, lowest_frequency_hertz=lowest))
        if "Lloop" not in result.circuit:
            assert "low_frequency_loop" in {note.code for note in result.notes if note.level == "doubt"}
            assert "arc_resistance_sum" not in result.quantities
            assert not any(row["quoted"] for row in result.arcs)


REAL = ("Circuit1_EIS_1.z", "Circuit2_EIS_1.z", "Circuit3_EIS_1.z", "exampleData.csv", "exampleDataGamry.DTA",
        "exampleDataBioLogic.mpt", "exampleDataParstat.txt", "exampleDataVersaStudio.par")  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_a_misfit_is_in_the_verdict(data: Path, name: str) -> None:
    """Real spectra: no arc is quoted above a lack of fit of 2 without a bound that is said."""
    result = analyse(read(data / "eis" / "impedance.py" / name), Settings())
    if result["lack_of_fit"].value > 2:
        said = sum(note.code == "quoted_with_misfit" for note in result.notes)
        assert said == sum(bool(row["quoted"]) for row in result.arcs)
        assert all(row["within_percent"] is not None for row in result.arcs if row["quoted"])
