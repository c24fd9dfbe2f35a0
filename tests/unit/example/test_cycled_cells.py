"""Cells of the example study by the twin: their stated values, their lithium, and what a cycler reads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.core.vocabulary import quantity_word
from halfcell.example import cycled_half_cell
from halfcell.example.cycled_cells import GAIN, OFFSET_A, ExampleCell
from halfcell.example.cycled_full_cell import FullCellTest
from halfcell.example.cycled_half_cell import Block, HalfCellTest
from halfcell.example.electrode_spectrum import Film, Surface, spectrum
from halfcell.techniques import cycling
from halfcell.twin.cards import load_card

Floats = NDArray[np.float64]

HALF = HalfCellTest(
    mix=(("a-Si", 1.0),),
    active_mass_mg=1.25,
    first_discharge_mah_g=2000.0,
    first_charge_mah_g=1700.0,
    blocks=(Block(12, 150.0),),
    retention_percent=60.0,
    fits_retention=True,
)
FULL = FullCellTest(
    card=load_card("graphite-ncm811"), cathode_mg=10.0, blocks=(Block(20, 90.0),), sei_mah_g=14.0,
    first_mah_g=150.0, last_mah_g=130.0,
)  # fmt: skip
CELL = ExampleCell(name="A", sample="a", test=HALF)


def charges(measurement: Measurement, sign: int) -> Floats:
    """Charge (mAh) of each half cycle in a direction."""
    counted, step = measurement["net_capacity_ah"] * 1e3, measurement["step_id"]
    flows = np.sign(measurement["current_ampere"]) == sign
    return np.array([np.ptp(counted[step == one]) for one in np.unique(step[flows])])


def test_a_half_cell_gives_what_is_stated() -> None:
    """First capacities and retention are the stated ones; later cycles lose what their efficiencies say."""
    true = CELL.true
    put, out = charges(true, -1) / HALF.gram, charges(true, 1) / HALF.gram
    assert put[0] == pytest.approx(2000.0, rel=1e-9)
    assert out[0] == pytest.approx(1700.0, rel=1e-9)
    assert out[-1] == pytest.approx(1020.0, rel=1e-9)
    assert 100 * out[1] / put[1] == pytest.approx(HALF.efficiency_second_percent, rel=1e-9)
    assert (np.diff(out) < 0).all()
    assert true["voltage_volt"].min() == pytest.approx(HALF.lower_volt, abs=1e-6)
    assert true["voltage_volt"][true["current_ampere"] > 0].max() == pytest.approx(HALF.upper_volt, abs=1e-6)


def test_silicon_is_lithiated_on_the_plateau_of_crystals_at_first() -> None:
    """Crystalline silicon takes up lithium at 0.1 V (Obrovac and Krause, J. Electrochem. Soc. 154 (2007) A103)."""
    middle = []
    for name in ("Si", "a-Si"):
        true = replace(HALF, mix=((name, 1.0),), blocks=(Block(1, 150.0),), fits_retention=False).measurement()
        into = true["step_id"] == true["step_id"][true["current_ampere"] < 0][0]
        counted = -true["net_capacity_ah"][into]
        middle.append(np.interp(0.6 * counted[-1], counted, true["voltage_volt"][into]))
    assert 0.05 < middle[0] < 0.12
    assert middle[1] > middle[0] + 0.02


def test_cycles_between_computed_ones_are_those_that_would_be_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charges within 0.1 %, potentials within 1 mV on average: at the steep ends of a half cycle they differ more."""
    few = HALF.measurement()
    monkeypatch.setattr(cycled_half_cell, "NODES", 12)
    all_of_them = HALF.measurement()
    assert charges(few, 1) == pytest.approx(charges(all_of_them, 1), rel=1e-3)
    assert np.abs(few["voltage_volt"] - all_of_them["voltage_volt"]).mean() < 1e-3


def test_the_last_half_cycle_may_be_unfinished() -> None:
    true = replace(HALF, blocks=(Block(3, 150.0),), fits_retention=False, unfinished=0.4).measurement()
    out = charges(true, 1)
    assert out[-1] == pytest.approx(0.4 * out[-2], rel=0.25)
    assert true["current_ampere"][-1] > 0


def test_a_full_cell_gives_what_is_stated_and_keeps_its_lithium() -> None:
    """What the first charge takes beyond the discharge is SEI and what stays in the anode; later ones lose little."""
    cell = ExampleCell(name="B", sample="b", test=FULL, columns={"anode_mass_mg": "7"})
    put, out = charges(cell.true, 1) / 10e-3, charges(cell.true, -1) / 10e-3
    assert out[0] == pytest.approx(150.0, rel=1e-9)
    assert out[-1] == pytest.approx(130.0, rel=1e-9)
    assert put[0] - out[0] > FULL.sei_mah_g
    assert (put[1:] > out[1:]).all()
    assert (put - out)[1:].sum() == pytest.approx(20.0, rel=0.1)  # the lithium that the fade has cost
    found = {row.quantity: row.value for row in (*cell.truth, *cell.energies)}
    assert found["initial_charge_capacity"] == pytest.approx(put[0], rel=1e-9)
    for row in (*cell.truth, *cell.energies):
        assert quantity_word(row.technique, row.quantity)["unit"] == row.unit


def test_rates_of_a_card_are_those_that_it_was_calibrated_on() -> None:
    """Graphite|NCM811: capacities of the document's Table S5 within 3 %."""
    printed = {90.0: 152.5, 360.0: 124.8, 900.0: 88.1}
    test = replace(FULL, blocks=tuple(Block(2, rate) for rate in printed), first_mah_g=None, last_mah_g=None)
    out = charges(ExampleCell(name="B", sample="b", test=test).true, -1)[1::2] / 10e-3
    assert out == pytest.approx(list(printed.values()), rel=0.03)


def test_lithium_that_no_cathode_holds_is_refused() -> None:
    with pytest.raises(InputError, match="the cathode would hold"):
        _ = ExampleCell(name="B", sample="b", test=replace(FULL, sei_mah_g=60.0, first_mah_g=None)).run


def test_a_cycler_reads_within_its_stated_limits() -> None:
    """Deviations of charges and efficiency from the truth, in the uncertainties that the analysis states for them."""
    settings = cycling.Settings(
        kind=CellKind.HALF, active_mass_mg=1.25, current_accuracy_percent=100 * GAIN, current_offset_a=OFFSET_A,
        voltage_accuracy_volt=1e-3,
    )  # fmt: skip
    test = replace(HALF, blocks=(Block(1, 150.0),), fits_retention=False)
    cell = ExampleCell(name="A", sample="a", test=test)
    found = []
    for seed in range(60):
        result = cycling.analyse(cell.recorded(np.random.default_rng(seed)), settings)
        efficiency = result["initial_coulombic_efficiency"]
        assert efficiency.std is not None
        found.append((efficiency.value - 85.0) / efficiency.std)
    within = [np.mean(np.abs(found) < limit) for limit in (1.0, 2.0)]
    assert 0.5 < within[0] < 0.85
    assert within[1] > 0.9


def test_the_spectrum_of_an_electrode_is_that_of_its_stated_resistance_and_diffusion() -> None:
    """Both ends in closed form: Rs + Rint + Rct and A (1 - j)/sqrt(w) at low frequencies, Rs at high ones."""
    film, surface = Film(20.0, 1e-8, 1.0), Surface(40.0, 1.5, 1e-8, 1.0, 1.7)
    low = np.array([1e-2, 1e-1])
    z = spectrum(low, 3.0, film, surface)
    expected = 63.0 + 1.5 * (1 - 1j) / np.sqrt(2 * np.pi * low)
    assert np.abs(z / expected - 1).max() < 1e-3
    assert spectrum(np.array([1e12]), 3.0, film, surface)[0] == pytest.approx(3.0, abs=0.01)
