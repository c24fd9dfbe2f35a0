"""Open-circuit potentials: the sets are whole, near what the literature prints, and invertible; bounds of voltages."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.materials.couples import couple
from halfcell.materials.open_circuit import content_at, mean_volt, open_circuit, open_circuits, sets_of, volt_at
from halfcell.materials.open_circuit_curves import content, potential, table
from halfcell.materials.voltage_bound import AnodeMixture, mean_voltage_bound

CONTENTS = np.linspace(0.02, 0.98, 49)


@pytest.mark.parametrize("one", open_circuits(), ids=lambda one: f"{one.material}-{one.name}")
def test_each_set_is_whole(one) -> None:
    for branch in ("lithiation", "delithiation", "first"):
        steps = one.steps(branch)
        assert sum(share for _, _, share in steps) == pytest.approx(1, abs=2e-4)
        volts = potential(steps, CONTENTS)
        assert (np.diff(volts) < 0).all()
        assert content(steps, volts) == pytest.approx(CONTENTS, abs=2e-4)
        assert volt_at(steps, 0.4) == pytest.approx(float(potential(steps, np.array([0.4]))[0]), abs=1e-4)
        assert content_at(steps, volt_at(steps, 0.4)) == pytest.approx(0.4, abs=1e-4)
        fine = np.linspace(0.1, 0.9, 4001)
        middle = (fine[1:] + fine[:-1]) / 2
        assert mean_volt(steps, 0.9, 0.1) == pytest.approx(potential(steps, middle).mean(), abs=2e-4)
    assert couple(one.material) is not None or one.capacity_from != "theoretical capacity"
    assert one.source
    assert one.capacity_mah_per_g > 0


def test_delithiation_lies_above_lithiation() -> None:
    for one in open_circuits():
        if one.lithiation and one.delithiation:
            high, low = (potential(one.steps(branch), CONTENTS).mean() for branch in ("delithiation", "lithiation"))
            assert high > low


@pytest.mark.parametrize(
    ("name", "delithiation", "lithiation"),
    [("Lu", 0.440, 0.206), ("Baggetto", 0.434, 0.267), ("Friedrich", 0.436, 0.206)],
)
def test_mean_potentials_of_silicon(name: str, delithiation: float, lithiation: float) -> None:
    """Means of the published curves over their files (github.com/tum-ees/DegradationModeAnalysis)."""
    one = open_circuit("Si", name)
    contents = np.linspace(0.005, 0.995, 199)
    assert potential(one.steps("delithiation"), contents).mean() == pytest.approx(delithiation, abs=0.012)
    assert potential(one.steps("lithiation"), contents).mean() == pytest.approx(lithiation, abs=0.012)


def test_chen_formula_of_the_anode() -> None:
    """Graphite with SiOx of the LG M50: the formula of Chen et al., J. Electrochem. Soc. 167 (2020) 080534."""
    x = np.array([0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95])
    printed = (
        1.9793 * np.exp(-39.3631 * x) + 0.2482 - 0.0909 * np.tanh(29.8538 * (x - 0.1234))
        - 0.04478 * np.tanh(14.9159 * (x - 0.2769)) - 0.0205 * np.tanh(30.4444 * (x - 0.6103))
    )  # fmt: skip
    one = open_circuit("graphite-SiOx", "Chen")
    assert potential(one.steps("delithiation"), x) == pytest.approx(printed, abs=4e-3)


def test_chen_formula() -> None:
    """NMC811 of the LG M50: the formula of Chen et al., J. Electrochem. Soc. 167 (2020) 080534, at four contents."""
    y = np.array([0.30, 0.45, 0.60, 0.85])
    printed = (
        -0.8090 * y + 4.4875 - 0.0428 * np.tanh(18.5138 * (y - 0.5542))
        - 17.7326 * np.tanh(15.7890 * (y - 0.3117)) + 17.5842 * np.tanh(15.9308 * (y - 0.3120))
    )  # fmt: skip
    one = open_circuit("NCM811", "Chen")
    assert potential(one.steps("lithiation"), (y - 0.18) / 0.79) == pytest.approx(printed, abs=0.008)


def test_the_first_lithiation_of_crystalline_silicon_is_a_plateau() -> None:
    """Obrovac and Christensen, Electrochem. Solid-State Lett. 7 (2004) A93: a plateau near 0.1 V."""
    volts = potential(open_circuit("Si", "Wetjen").steps("first"), np.array([0.3, 0.7]))
    assert volts == pytest.approx([0.095, 0.075], abs=0.02)


def test_sets_are_found_by_name_and_unknown_ones_are_an_error() -> None:
    assert sets_of("silicon") == sets_of("Si")
    assert sets_of("unobtainium") == ()
    with pytest.raises(InputError, match="there are some of"):
        open_circuit("LTO")
    with pytest.raises(InputError, match="no set 'Luu'"):
        open_circuit("Si", "Luu")


def test_tables_are_converged() -> None:
    contents, volts = table(open_circuit("graphite").steps("delithiation"))
    middle = (volts[1:] + volts[:-1]) / 2
    assert np.interp(middle, volts[::-1], contents[::-1]) == pytest.approx(
        content(open_circuit("graphite").steps("delithiation"), middle), abs=2e-4
    )


def test_bound_by_hand() -> None:
    """A flat cathode cannot be had, so by the limits: graphite costs the 0.10 to 0.13 V of its curves, not more."""
    whole = mean_voltage_bound(AnodeMixture(shares={"graphite": 1.0}, mah_per_g_cathode=210.0), "NCM811", 180.0)
    silicon = mean_voltage_bound(AnodeMixture(shares={"Si": 1.0}, mah_per_g_cathode=210.0), "NCM811", 180.0)
    assert whole is not None
    assert silicon is not None
    assert whole.low < whole.median < whole.high
    assert (whole.anode_sets, whole.cathode_sets) == (4, 5)
    assert 0.20 < whole.median - silicon.median < 0.32  # the mean potentials of silicon less those of graphite
    less = mean_voltage_bound(AnodeMixture(shares={"graphite": 1.0}, mah_per_g_cathode=210.0), "NCM811", 90.0)
    assert less is not None
    assert less.low > whole.high


def test_no_bound_where_the_capacity_does_not_fit() -> None:
    anode = AnodeMixture(shares={"graphite": 1.0}, mah_per_g_cathode=150.0)
    assert mean_voltage_bound(anode, "NCM811", 180.0) is None
    assert mean_voltage_bound(AnodeMixture(shares={"Si": 1.0}, mah_per_g_cathode=400.0), "NCM811", 300.0) is None
    assert mean_voltage_bound(anode, "LFP", 100.0) is None
