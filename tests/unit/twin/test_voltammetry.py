"""Voltammetry of the kernel against the closed results of electrochemistry, and of cards."""

from __future__ import annotations

import math

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.twin.card_half_cell import HalfCell
from halfcell.twin.cards import load_card
from halfcell.twin.electrode import Electrode
from halfcell.twin.potentials import GRID, tables_of
from halfcell.twin.protocols import run_protocol
from halfcell.twin.protocols.voltammetry import Settings, Sweep, peaks, swept

THERMAL = 0.025693  # V
FORMAL = 0.5  # V


def _nernstian(tau: float) -> HalfCell:
    """A slab in equilibrium by Nernst's equation, with a capacity of 1 mAh."""
    inner = np.clip(GRID, 1e-12, 1 - 1e-12)
    volt = FORMAL - THERMAL * np.log(inner / (1 - inner))
    one = np.ones((1, 1))
    electrode = Electrode(
        share=one, tau=one * tau, exchange=one * 1e6, tables=tables_of(np.array([[volt, volt]]), np.zeros(1, int)),
        decay=np.ones(1), capacity=np.ones(1), thermal_volt=one * THERMAL, shape="slab", mode_count=200,
    )  # fmt: skip
    return HalfCell(electrode, electrode, 1.0, 0.0)


def _lithiation(half: HalfCell, rate: float, step: float = 1.0) -> Sweep:
    settings = Settings(
        scan_rate_mv_s=rate, cycles=1, step_mv=step, lower_volt=0.1, upper_volt=0.9, first_is_crystalline=False
    )
    return swept(half, settings)[0]


def test_a_thin_layer_peaks_at_its_potential() -> None:
    """``i = Q v F / (4 R T)`` at the formal potential, 90.6 mV wide at half height (A. J. Bard and L. R. Faulkner,
    Electrochemical Methods, 2nd ed., eqs. 11.7.17 and 14.3.12)."""
    sweep = _lithiation(_nernstian(1e-5), 0.1)
    (volt, current), *_ = peaks(sweep)
    assert volt == pytest.approx(FORMAL, abs=1e-3)
    assert -current == pytest.approx(1.0 * 0.1e-3 * 3600 / (4 * THERMAL), rel=5e-3)
    above = sweep.volt[-sweep.current > -current / 2]
    assert above.max() - above.min() == pytest.approx(0.0906, abs=2e-3)


def test_a_thick_layer_follows_randles_and_sevcik() -> None:
    """``i = 0.4463 Q sqrt(F v / (R T tau))``, 28.5 mV beyond the formal potential (R. S. Nicholson and I. Shain, Anal.
    Chem. 36 (1964) 706), and with the root of the scan rate."""
    found = {}
    for rate in (10.0, 40.0):
        (volt, current), *_ = peaks(_lithiation(_nernstian(5.0), rate, 2.0))
        expected = 0.4463 * math.sqrt(rate * 1e-3 * 3600 / THERMAL / 5.0)
        assert -current == pytest.approx(expected, rel=0.01)
        assert volt == pytest.approx(FORMAL - 0.0285, abs=2e-3)
        found[rate] = current
    assert found[40.0] / found[10.0] == pytest.approx(2, rel=0.01)


def test_what_goes_in_comes_out() -> None:
    settings = Settings(scan_rate_mv_s=0.05, cycles=1, lower_volt=0.1, upper_volt=0.9, first_is_crystalline=False)
    down, up = swept(_nernstian(0.05), settings)
    hours = settings.step_mv * 1e-3 / 0.05e-3 / 3600
    assert -down.current.sum() * hours == pytest.approx(up.current.sum() * hours, rel=1e-4)
    assert -down.current.sum() * hours == pytest.approx(1.0, rel=1e-3)


def test_a_resistance_stands_between_the_electrode_and_what_is_measured() -> None:
    """The content follows Nernst's equation at the measured potential plus what drops over the resistance."""
    plain = _nernstian(1e-5)
    sweep = _lithiation(HalfCell(plain.electrode, plain.fresh, 1.0, 9.0), 0.1, 2.0)
    content = np.cumsum(-sweep.current) * 2e-3 / 0.1e-3 / 3600
    kept = (content > 0.02) & (content < 0.98)
    inner = content[kept]
    potential = FORMAL - THERMAL * np.log(inner / (1 - inner))
    assert sweep.volt[kept] - sweep.current[kept] * 9e-3 == pytest.approx(potential, abs=1e-3)
    assert peaks(sweep)[0][0] < FORMAL - 0.02


def test_a_card_in_a_voltammogram() -> None:
    """The first lithiation of silicon is that of a crystalline host, and nothing flickers where the sweep turns."""
    made = run_protocol(load_card("composite-ncm811"), "voltammetry", {"sei_mah_per_g": "60", "step_mv": "8"})
    cycles = made.measurement
    assert cycles is not None
    current, volt, cycle = (cycles[n] for n in ("current_ampere", "voltage_volt", "cycle_count"))
    deepest = [volt[cycle == n][current[cycle == n].argmin()] for n in (1.0, 2.0)]
    assert deepest[0] < 0.03 < deepest[1]
    turn = int(volt[cycle == 1].argmin())
    assert abs(current[turn + 1]) < abs(current[turn]), "no spike where the sweep turns"
    assert any("drop over the series resistance" in doubt for doubt in made.doubts)
    for wrong, words in (
        ({"scan_rate_mv_s": "0"}, "scan rate"),
        ({"lower_volt": "3"}, "upper potential must be above"),
    ):
        with pytest.raises(InputError, match=words):
            run_protocol(load_card("composite-ncm811"), "voltammetry", wrong)
