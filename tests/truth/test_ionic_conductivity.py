"""Simulated pellets between blocking electrodes: sigma and activation energy within their errors, or refused.

The simulation stands on the literature, not on the analysis: capacitances of bulk, grain boundaries and electrodes by
J. T. S. Irvine, D. C. Sinclair, A. R. West, Adv. Mater. 2 (1990) 132, table 1; Li6PS5Cl has a few mS/cm and 0.3 to 0.4
eV (P. R. Rayavarapu et al., J. Solid State Electrochem. 16 (2012) 1807).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.result import Result
from halfcell.techniques.impedance import simulate as simulate_circuit
from halfcell.techniques.impedance.settings import Settings as ImpedanceSettings
from halfcell.techniques.impedance.simulate import Parameters as Circuit
from halfcell.techniques.impedance.spectrum import prepare
from halfcell.techniques.ionic_conductivity import (
    Parameters,
    Settings,
    analyse,
    analyse_series,
    simulate,
    true_conductivity,
)
from halfcell.techniques.ionic_conductivity.blocking_circuits import blocking_fits, chosen
from halfcell.techniques.ionic_conductivity.spread import over_circuits, over_windows

SET = Settings(
    thickness_um=650, diameter_mm=10, thickness_std_um=10, diameter_std_mm=0.05, temperature_degc=25, pressure_mpa=300
)
ALL = (-60, -40, -20, 0, 25, 40, 60)


def codes(result: Result) -> set[str]:
    return {note.code for note in result.notes}


def at(temperature: float, own: Parameters = Parameters(), seed: int = 0) -> Measurement:  # noqa: B008
    """A spectrum of a pellet at a temperature, with that in its name."""
    rng = np.random.default_rng([seed, 100 + ALL.index(int(temperature))])
    made = simulate(dataclasses.replace(own, temperature_degc=temperature), rng)
    return dataclasses.replace(made, meta={**made.meta, "tags": {"temperature": f"{temperature:g}C"}})


@pytest.mark.parametrize("temperature", ALL)
def test_conductivity_from_arcs_to_the_intercept(temperature: float) -> None:
    """At -60 degC both arcs are seen, at 60 degC only what is before the tail: one number all the way."""
    p = Parameters(temperature_degc=temperature, lead_ohm=0.2)
    result = analyse(at(temperature, p), SET)
    sigma = result["conductivity"]
    assert result.bound == "value"
    assert sigma.value == pytest.approx(true_conductivity(p), rel=0.03)
    assert abs(sigma.value - true_conductivity(p)) < 2.5 * (sigma.std or 0)
    assert 0.015 < (sigma.std or 0) / sigma.value < 0.04  # 1.5 % of thickness and 1 % of area


def test_bulk_is_given_apart_where_both_arcs_are_seen() -> None:
    result = analyse(at(-40), SET)
    ratio = result["bulk_resistance"].value / result["grain_boundary_resistance"].value
    assert ratio == pytest.approx(2.0, rel=0.02)
    assert [row["process"] for row in result.rows] == ["bulk", "grain boundary"]
    assert result.rows[0]["relative_permittivity"] == pytest.approx(12.0, rel=0.15)
    hot = analyse(at(60), SET)
    assert "bulk_conductivity" not in hot.quantities
    assert {row["process"] for row in hot.rows} <= {"bulk and grain boundary", "not told apart"}


@pytest.mark.parametrize("lead_ohm", [20.0, 500.0])
def test_leads_that_are_known_are_taken_off_the_bulk_too(lead_ohm: float) -> None:
    plain = analyse(at(-40), dataclasses.replace(SET, wires=4))["bulk_resistance"]
    known = dataclasses.replace(SET, contact_resistance_ohm=lead_ohm)
    found = analyse(at(-40, Parameters(lead_ohm=lead_ohm)), known)["bulk_resistance"]
    assert found.value == pytest.approx(plain.value, rel=0.03)


def test_leads_are_subtracted_bounded_or_counted() -> None:
    good = Parameters(bulk_s_per_cm=3e-2, grain_boundary_s_per_cm=6e-2, lead_ohm=0.4)
    made = simulate(good, np.random.default_rng(3))
    unknown = analyse(made, SET)  # 4.5 ohm, of which 0.5 may be leads
    assert unknown.bound == "lower"
    assert "two_probe" in codes(unknown)
    assert unknown["conductivity"].value < true_conductivity(good)
    known = analyse(made, dataclasses.replace(SET, contact_resistance_ohm=0.4, contact_std_ohm=0.02))
    assert known.bound == "value"
    assert abs(known["conductivity"].value - true_conductivity(good)) < 2 * (known["conductivity"].std or 0)


def test_a_spectrum_without_its_tail_is_refused() -> None:
    """At -60 degC and from 1 kHz on only arcs are seen; closed arcs alone would give a number that may lack one."""
    p = Parameters(temperature_degc=-60, lowest_frequency_hertz=3e3, tail_farad=1e-5)
    result = analyse(simulate(p, np.random.default_rng(5)), SET)
    assert "conductivity" not in result.quantities
    assert codes(result) & {"no_blocking_tail", "pellet_resistance_not_determined"}


def test_an_arc_that_is_not_closed_is_no_tail() -> None:
    """A grain boundary of 3 Mohm whose flank alone is seen looks like a CPE; its capacitance tells."""
    p = Parameters(grain_boundary_s_per_cm=3e-8, lowest_frequency_hertz=300.0)
    result = analyse(simulate(p, np.random.default_rng(6)), SET)
    assert "conductivity" not in result.quantities
    assert codes(result) & {"no_blocking_tail", "pellet_resistance_not_determined", "not_blocking"}


@pytest.mark.parametrize(
    ("circuit", "values"),
    [
        ("R0-p(R1,CPE1)-W1", (30.0, 60.0, 1e-8, 0.9, 20.0)),  # reversible electrodes: diffusion
        ("R0-p(R1,CPE1)-p(R2,CPE2)", (30.0, 60.0, 1e-8, 0.9, 90.0, 1e-5, 0.9)),  # lithium electrodes: it closes
    ],
)
def test_electrodes_that_do_not_block_are_refused(circuit: str, values: tuple[float, ...]) -> None:
    made = simulate_circuit(
        Circuit(circuit=circuit, values=values, highest_frequency_hertz=3e6, lowest_frequency_hertz=0.1),
        np.random.default_rng(7),
    )
    result = analyse(made, SET)
    assert "conductivity" not in result.quantities
    assert codes(result) & {"no_blocking_tail", "not_blocking", "pellet_resistance_not_determined"}


def test_a_small_leak_does_not_move_the_number() -> None:
    """20 kohm beside the electrodes of a 41 ohm pellet."""
    result = analyse(at(25, Parameters(leak_ohm=2e4)), SET)
    assert result["conductivity"].value == pytest.approx(2e-3, rel=0.02)


def test_without_geometry_there_is_no_conductivity() -> None:
    result = analyse(at(0), Settings())
    assert "conductivity" not in result.quantities
    assert "geometry_missing" in codes(result)


def series(temperatures: Sequence[float]) -> Sequence[Result]:
    return analyse_series([at(t) for t in temperatures], SET)


def test_activation_energy_and_room_temperature() -> None:
    results = series((-40, -20, 0, 25, 40))
    for result in results:
        energy, room = result["series.activation_energy"], result["series.conductivity_25degc"]
        assert abs(energy.value - 0.35) < 2.5 * (energy.std or 0)
        assert (energy.std or 0) < 0.003
        assert abs(room.value - 2e-3) < 2 * (room.std or 0)
    below = series((-60, -40, -20, 0))
    assert "series.activation_energy" in below[0].quantities
    assert "series.conductivity_25degc" not in below[0].quantities


def test_ln_sigma_gives_a_smaller_energy() -> None:
    """E_a of ln sigma is smaller by k_B T, 23 meV here, when sigma T is the line."""
    own = dataclasses.replace(SET, arrhenius="sigma")
    found = analyse_series([at(t) for t in (-40, -20, 0, 25, 40)], own)[0]["series.activation_energy"]
    assert found.value == pytest.approx(0.35 - 8.617e-5 * 270, abs=0.004)


def test_two_temperatures_give_no_energy() -> None:
    results = series((0, 25))
    assert "series.activation_energy" not in results[0].quantities
    assert "no_activation_energy" in codes(results[0])


@pytest.mark.slow
def test_uncertainty_is_calibrated_with_its_real_disturbances() -> None:
    """Pellets of unknown true thickness, area, leads, permittivity and depressed arcs, in proportional noise."""
    pulls, refused = [], 0
    for number in range(60):
        rng = np.random.default_rng([7, number])
        temperature = float(rng.choice(ALL))
        p = Parameters(
            temperature_degc=temperature,
            thickness_um=650 * (1 + 0.015 * rng.standard_normal()),
            diameter_mm=10 * (1 + 0.005 * rng.standard_normal()),
            lead_ohm=float(rng.uniform(0, 0.5)),
            bulk_s_per_cm=float(10 ** rng.uniform(-6, -2.3)),
            grain_boundary_s_per_cm=float(10 ** rng.uniform(-6, -2)),
            grain_boundary_f_per_cm=float(10 ** rng.uniform(-10, -8.3)),
            grain_boundary_exponent=float(rng.uniform(0.8, 1)),
            bulk_exponent=float(rng.uniform(0.92, 1)),
            relative_permittivity=float(rng.uniform(8, 60)),
            tail_exponent=float(rng.uniform(0.75, 0.97)),
            tail_farad=float(10 ** rng.uniform(-6.5, -4.5)),
            noise_percent=float(rng.choice([0.1, 0.3, 1.0])),
            highest_frequency_hertz=float(rng.choice([1e6, 7e6])),
            lowest_frequency_hertz=float(rng.choice([0.1, 1.0, 10.0])),
        )
        own = dataclasses.replace(SET, thickness_std_um=9.75, temperature_degc=temperature)
        result = analyse(simulate(p, rng), own)
        sigma = result.quantities.get("conductivity")
        if sigma is None or result.bound != "value":
            refused += 1
            continue
        pulls.append((sigma.value - true_conductivity(p)) / (sigma.std or 0))
    size = np.abs(pulls)
    assert refused < 20
    assert size.max() < 4
    assert 0.53 < np.mean(size < 1) < 0.85  # 68 %, within two standard errors of so few
    assert np.mean(size < 2) > 0.88


@pytest.mark.parametrize("limit", [1e4, 1e5])
def test_only_frequencies_between_those_that_are_set_are_used(limit: float) -> None:
    result = analyse(at(-40), dataclasses.replace(SET, highest_frequency_hertz=limit, lowest_frequency_hertz=10.0))
    assert result.frequency[result.used].max() <= limit
    assert result.frequency[result.used].min() >= 10.0
    assert result.frequency[result.used].max() > limit / 3.0


@pytest.mark.parametrize("percent", [0.2, 1.0, 3.0])
def test_the_noise_is_that_of_the_spectrum_in_per_cent(percent: float) -> None:
    assert analyse(at(-40, Parameters(noise_percent=percent)), SET)["noise"].value == pytest.approx(percent, rel=0.25)


@pytest.mark.parametrize("percent", [0.2, 3.0])
def test_the_uncertainty_is_named_after_its_largest_part(percent: float) -> None:
    """No part is larger than the whole, and the one that gives its name is at least a third of its square."""
    measured = at(-40, Parameters(noise_percent=percent))
    found = analyse(measured, dataclasses.replace(SET, wires=4))["resistance"]
    spectrum = prepare(measured, ImpedanceSettings())
    fits = blocking_fits(spectrum, SET)
    main = chosen(fits)
    assert main is not None
    lack = main.fitted.uncertainty.rms / spectrum.test.noise
    parts = {
        "fit covariance": main.std,
        "spread over models": over_circuits(main, fits, lack),
        "spread over windows": over_windows(main, spectrum),
    }
    assert found.std == pytest.approx(np.linalg.norm(list(parts.values())), rel=1e-6)
    assert parts[found.kind] == max(parts.values())
