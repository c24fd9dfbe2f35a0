"""Figures and tables of impedance: their structure, compared with snapshots."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import impedance
from halfcell.techniques.impedance import ImpedanceResult, Parameters, Settings, analyse, analyse_series, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"
FIGURES = [show for show in impedance.FIGURES if show != "relaxation times"]  # those need an extra package


@pytest.fixture(scope="module")
def results() -> Sequence[ImpedanceResult]:
    """Two states of one cell, without a circuit set."""
    spectra = []
    for i, cycle in enumerate((10, 50)):
        made = simulate(Parameters(noise_percent=0.2), np.random.default_rng(i))
        spectra.append(dataclasses.replace(made, meta={**made.meta, "tags": {"cycle": str(cycle)}}))
    found = analyse_series(spectra, Settings())
    return [r.stamped(label=f"cycle {c}", id=f"id{c}") for r, c in zip(found, (10, 50), strict=True)]


@pytest.mark.parametrize("show", FIGURES)
def test_figures(results: Sequence[ImpedanceResult], show: str) -> None:
    """-Z'' over Z', the fit over the data; residuals scatter about zero; open symbols are not to be quoted."""
    check(impedance.FIGURES[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", impedance.TABLES)
def test_tables(results: Sequence[ImpedanceResult], show: str) -> None:
    """The values that were put in (3, 25, 60 ohm) with errors; apex at 1/(2 pi tau); circuits by their criterion."""
    check(impedance.TABLES[show](results), SNAPSHOTS / f"table {show}.json")


@pytest.mark.parametrize("show", ["nyquist", "nyquist data"])
def test_nyquist_is_at_equal_aspect(results: Sequence[ImpedanceResult], show: str) -> None:
    assert all(panel.equal for panel in impedance.FIGURES[show](results).panels)


def test_names_of_many_spectra_are_beside_the_panel() -> None:
    """Up to six names have room above the arcs; more would cover them."""
    one = simulate(Parameters(noise_percent=0.2), np.random.default_rng(0))
    result = analyse(one, Settings(circuit="Rs-p(Rint,CPEint)-p(Rct,CPEct)-W", compare=False))
    for count, legend in ((6, "upper left"), (7, "outside"), (16, "outside")):
        results = [result.stamped(label=f"cell {number}") for number in range(count)]
        figure = impedance.FIGURES["nyquist"](results)
        assert [panel.legend for panel in figure.panels] == [legend]
        assert figure.panel_height_mm >= 3.5 * count
        bode = impedance.FIGURES["bode"](results)
        assert [panel.legend for panel in bode.panels] == (["best", "none"] if count == 6 else ["best", "outside"])


@pytest.mark.parametrize("tail", [0.5, 20.0])
def test_a_panel_with_its_circuit_drawn_is_wide_enough_for_the_legend(tail: float) -> None:
    """A steep tail on one scale would make a narrow panel, in which the drawing covers the legend."""
    frequencies = np.geomspace(1e5, 0.01, 40)
    z = 2.0 + 1.0 / (1.0 / 5.0 + 2j * np.pi * frequencies * 1e-5) + 1.0 / (2j * np.pi * frequencies * tail)
    one = simulate(Parameters(noise_percent=0.2), np.random.default_rng(0))
    columns = {"frequency_hertz": frequencies, "real_impedance_ohm": z.real, "imaginary_impedance_ohm": z.imag}
    found = analyse(dataclasses.replace(one, columns=columns), Settings(circuit="Rs-p(R1,C1)-C2", compare=False))
    (panel,) = impedance.FIGURES["nyquist"]([found.stamped(label="pellet")]).panels
    assert panel.inset is not None
    spans = [(axis.high or 0.0) - (axis.low or 0.0) for axis in (panel.x, panel.y)]
    assert spans[0] >= 1.2 * spans[1] or spans[0] > 1.2 * float(np.max(-z.imag))
