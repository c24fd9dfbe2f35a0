"""What may be quoted: not beside a misfit, a tie or a refused parameter; and the sign of Z''."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from halfcell.core.measurement import Measurement
from halfcell.techniques.impedance import ImpedanceResult, Parameters, Settings, analyse, simulate

ONE_ARC = "Rs-p(R1,CPE1)"
FREQUENCY = np.logspace(5, -2, 57)
OMEGA = 2 * np.pi * FREQUENCY


def measured(z: NDArray[np.complex128], frequency: NDArray[np.float64] = FREQUENCY) -> Measurement:
    columns = {"frequency_hertz": frequency, "real_impedance_ohm": z.real, "imaginary_impedance_ohm": z.imag}
    return Measurement(technique="impedance", columns={name: value.copy() for name, value in columns.items()})


def two_arcs(apart: float = 10.0) -> NDArray[np.complex128]:
    """Arcs of 50 ohm each, their time constants `apart` times apart."""
    return np.asarray(3 + 50 / (1 + 1e-4j * OMEGA) + 50 / (1 + 1e-4j * apart * OMEGA))


def codes(result: ImpedanceResult) -> set[str]:
    return {note.code for note in result.notes}


def test_an_arc_of_a_circuit_that_does_not_fit_is_not_quoted() -> None:
    """Two arcs fitted by one: its uncertainty is small, its residual is not noise."""
    result = analyse(measured(two_arcs()), Settings(circuit=ONE_ARC, compare=False))
    assert result["lack_of_fit"].value > 2
    assert not result.arcs[0]["quoted"]
    assert {"arc_not_quoted", "arc_unresolved"} & codes(result)


def test_a_better_circuit_without_such_an_arc() -> None:
    result = analyse(measured(two_arcs(300.0)), Settings(circuit=ONE_ARC))
    assert not result.arcs[0]["quoted"]


def test_a_good_arc_is_quoted() -> None:
    made = simulate(Parameters(noise_percent=0.2), np.random.default_rng(1))
    result = analyse(made, Settings(circuit="Rs-p(Rint,CPEint)-p(Rct,CPEct)-W"))
    assert all(row["quoted"] for row in result.arcs)


def test_nothing_is_derived_from_a_refused_parameter() -> None:
    """A series resistance that is not seen gives no Brug capacitance, no value and no interval."""
    rng = np.random.default_rng(3)
    z = 1e-5 + 100 / (1 + (1e-3j * OMEGA) ** 0.8)
    z = z * (1 + 0.002 * (rng.standard_normal(57) + 1j * rng.standard_normal(57)))
    low = FREQUENCY < 1e3
    result = analyse(measured(z[low], FREQUENCY[low]), Settings(circuit=ONE_ARC, compare=False))
    assert "undetermined" in codes(result)
    assert "Rs" not in result.quantities
    assert not [name for name in result.quantities if name.endswith("capacitance_brug")]
    row = next(row for row in result.rows if row["parameter"] == "Rs")
    assert (row["value"], row["low"], row["high"]) == (None, None, None)
    assert "1.capacitance_hsu_mansfeld" in result.quantities


def test_a_wrong_sign_is_turned() -> None:
    """-Z'' in the place of Z'': Kramers-Kronig decides, and the note says so."""
    right = analyse(measured(two_arcs(300.0)), Settings())
    turned = analyse(measured(two_arcs(300.0).conj()), Settings())
    assert "sign_turned" in codes(turned)
    assert "sign_turned" not in codes(right)
    assert turned["arc_resistance_sum"].value == right["arc_resistance_sum"].value


def test_an_inductor_is_not_turned() -> None:
    z = 3 + 1e-4j * OMEGA / (1 + 1e-5j * OMEGA) + 1e-7j * OMEGA
    result = analyse(measured(np.asarray(z)), Settings(circuit="Rs-L", compare=False))
    assert "sign_turned" not in codes(result)


def test_good_points_of_noise_of_one_size_are_kept() -> None:
    """Noise of one size in ohm, |Z| over two decades: it is named, no good point is left out, a wild one is."""
    for seed in range(6):
        rng = np.random.default_rng(seed)
        noise = 0.15 * (rng.standard_normal(57) + 1j * rng.standard_normal(57))
        z = np.asarray(2 + 30 / (1 + (1e-4j * OMEGA) ** 0.85) + 150 / (1 + (5e-2j * OMEGA) ** 0.8) + noise)
        result = analyse(measured(z), Settings(circuit="Rs-p(R1,CPE1)-p(R2,CPE2)", compare=False))
        assert "constant_noise" in codes(result)
        assert result.used.all(), seed
    z[30] *= 1.4
    spoiled = analyse(measured(z), Settings(circuit="Rs-p(R1,CPE1)-p(R2,CPE2)", compare=False))
    assert list(np.flatnonzero(~spoiled.used)) == [30]


def test_proportional_noise_is_not_taken_for_noise_of_one_size() -> None:
    for seed in range(6):
        made = simulate(Parameters(noise_percent=0.5, wild_points=2), np.random.default_rng(seed))
        result = analyse(made, Settings(circuit="Rs-p(Rint,CPEint)-p(Rct,CPEct)-W", compare=False))
        assert "constant_noise" not in codes(result)
