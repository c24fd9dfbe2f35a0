"""Figures of the gallery that the example study has no files for: simulated measurements, analysed and drawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import numpy as np

import halfcell
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.maths import pores
from halfcell.techniques import (
    conductivity,
    cycling,
    decomposition_kinetics,
    operando_diffraction,
    polarisation,
    raman,
    sorption,
)
from halfcell.techniques.run import run

Figure = halfcell.Figure


def _kinetics(show: str) -> Figure:
    rng, made = np.random.default_rng(7), decomposition_kinetics
    runs = [made.simulate(made.Parameters(rate_degc_per_minute=rate), rng) for rate in (2.0, 5.0, 10.0, 20.0)]
    results = made.analyse_series(runs, made.Settings())
    return made.TECHNIQUE.figures[show]([one.stamped(label="polymer", id="a") for one in results])


def _operando(show: str) -> Figure:
    made = operando_diffraction
    cell = made.Parameters(scans=40, start_degree=26.5, stop_degree=32.0, step_degree=0.05, width_degree=0.2)
    measurement = made.simulate(cell, np.random.default_rng(5))
    settings = made.Settings(follow_degree=((27.4, 29.4), (29.4, 32.0)))
    found = run(made.TECHNIQUE, [measurement], settings, {"voltage": made.voltage_record(cell, 10.0)})
    return made.TECHNIQUE.figures[show]([one.stamped(label="", id="a") for one in found])


def _thicknesses() -> Figure:
    made, sweeps = conductivity, []
    settings = made.Settings(diameter_mm=10, thickness_std_um=0.0, diameter_std_mm=0.0, electrodes="ion-blocking")
    rng = np.random.default_rng(7)
    for thickness in (300.0, 500.0, 800.0):
        cell = made.Parameters(conductivity_s_per_cm=0.6, thickness_um=thickness, contact_ohm=0.05)
        sweeps.append(_tagged(made.simulate(cell, rng), "thickness", f"{thickness:g} um"))
    results = made.analyse_series(sweeps, settings)
    return made.TECHNIQUE.figures["thickness series"]([one.stamped(label="CoSi2", id="a") for one in results])


def _sweep_arrhenius() -> Figure:
    made, sweeps = conductivity, []
    for number, degc in enumerate((0.0, 25.0, 50.0, 75.0)):
        sigma = 1e-3 * float(np.exp(-0.2 / 8.617333262e-5 * (1 / (degc + 273.15) - 1 / 298.15)))
        cell = made.Parameters(conductivity_s_per_cm=sigma, contact_ohm=0.0)
        sweeps.append(_tagged(made.simulate(cell, np.random.default_rng(number)), "temperature", f"{degc:g}C"))
    given = {"thickness_um": 500, "thickness_std_um": 5, "diameter_std_mm": 0.02}
    results = made.analyse_series(sweeps, made.Settings(diameter_mm=10, electrodes="ion-blocking", **given))
    return made.TECHNIQUE.figures["arrhenius"]([one.stamped(label="pellet", id="a") for one in results])


def _tagged(measurement: Measurement, word: str, value: str) -> Measurement:
    return dataclasses.replace(measurement, meta={**measurement.meta, "tags": {word: value}})


def _biases() -> Figure:
    made, rng = polarisation, np.random.default_rng(7)
    given = {"thickness_um": 650, "diameter_mm": 10, "thickness_std_um": 0.0, "diameter_std_mm": 0.0}
    settings = made.Settings(leakage_std_ampere=0.0, electrodes="electron-blocking", **given)
    records = [made.simulate(made.Parameters(bias_mv=bias, duration_second=3600.0), rng) for bias in (20.0, 50.0, 80.0)]
    results = made.analyse_series(records, settings)
    return made.TECHNIQUE.figures["biases"]([one.stamped(label="LPSC", id="a") for one in results])


def _pulses() -> Figure:
    """Pulses of 1 mA for 5 min between rests of 4 h on a cell whose voltage relaxes as diffusion makes it."""
    settings = cycling.Settings(kind=CellKind.CATHODE_HALF, diffusion_length_um=5e6 * 1e-6 / 3.0, pulse_after_s=2.0)
    result = cycling.analyse(_titration(), settings)
    return cycling.TECHNIQUE.figures["pulses"]([result.stamped(label="cathode", id="a")])


def _titration() -> Measurement:
    radius, diffusion, shells, dt = 5e-6, 1e-16, 60, 2.0
    edge = np.linspace(0.0, radius, shells + 1)
    volume, width = np.diff(edge**3) / 3.0, np.diff(0.5 * (edge[1:] + edge[:-1]))
    conduct = np.concatenate(([0.0], edge[1:-1] ** 2 / width, [0.0])) * diffusion
    matrix = np.diag(-(conduct[1:] + conduct[:-1])) + np.diag(conduct[1:-1], 1) + np.diag(conduct[1:-1], -1)
    inverse = np.linalg.inv(np.eye(shells) - dt * matrix / volume[:, None])
    filling, rows, flux = np.full(shells, 0.2), [], 0.01 * volume.sum() / 300.0
    for on in np.tile(np.repeat([0.0, 1.0], [7200, 150]), 12):
        gained = np.zeros(shells)
        gained[-1] = on * flux / volume[-1]
        filling = inverse @ (filling + dt * gained)
        surface = filling[-1] + on * flux / edge[-1] ** 2 * 0.5 * (edge[-1] - edge[-2]) / diffusion
        rows.append((-1e-3 * on, 4.0 - 1.2 * surface - 4e-3 * on))
    current, voltage = np.array(rows).T
    times = dt * np.arange(len(rows))
    columns = {"test_time_second": times, "current_ampere": current, "voltage_volt": voltage}
    return Measurement(technique="cycling", columns=columns, meta={"simulated": True})


def _potential_steps() -> Figure:
    """Five steps of 10 mV on a plane host: current by the series of its diffusion equation, with noise."""
    diffusion, length, rng = 4e-15, 2e-6, np.random.default_rng(0)
    since = np.geomspace(1.0, 1.6 * length**2 / diffusion, 160)
    odd = (2.0 * np.arange(200) + 1.0) ** 2 * np.pi**2 * diffusion / (4.0 * length**2)
    flow = 0.36 * 2.0 * diffusion / length**2 * np.exp(-since[:, None] * odd[None, :]).sum(axis=1)
    time, amps, volts = [np.arange(0.0, 600.0, 10.0)], [np.zeros(60)], [np.full(60, 3.80)]
    for number in range(1, 6):
        time.append(time[-1][-1] + since)
        amps.append(flow * (1.0 + rng.normal(0.0, 1e-3, len(flow))))
        volts.append(np.full(len(since), 3.80 + 0.01 * number))
    names = ("test_time_second", "current_ampere", "voltage_volt")
    columns = {name: np.concatenate(parts) for name, parts in zip(names, (time, amps, volts), strict=True)}
    columns["voltage_volt"] = columns["voltage_volt"] + rng.normal(0.0, 5e-5, len(columns["voltage_volt"]))
    test = Measurement(technique="cycling", columns=columns, meta={"simulated": True})
    settings = cycling.Settings(
        kind=CellKind.CATHODE_HALF, diffusion_length_um=1e6 * length, diffusion_geometry="plane"
    )
    result = cycling.analyse(test, settings)
    return cycling.TECHNIQUE.figures["potential steps"]([result.stamped(label="cathode", id="a")])


def _alpha_s() -> Figure:
    pressure = np.linspace(0.01, 0.9, 90)
    monolayer, c = 4.6, 120.0
    low = np.minimum(pressure, 0.35)
    reference = monolayer * c * low / ((1 - low) * (1 + (c - 1) * low))
    reference = reference * np.where(pressure > 0.35, pores.halsey(pressure) / pores.halsey(np.array(0.35)), 1.0)
    pairs = tuple((float(p), float(n)) for p, n in zip(pressure, reference, strict=True))
    loading = reference * 50.0 / 20.0 + 0.02 / pores.LIQUID_PER_GAS
    result = sorption.analyse(_isotherm(pressure, loading), sorption.Settings(alpha_reference=pairs))
    return sorption.TECHNIQUE.figures["alpha-s plot"]([result.stamped(label="powder", id="a")])


def _dft() -> Figure:
    pressure, width = np.geomspace(1e-2, 0.98, 80), np.geomspace(2.0, 30.0, 40)
    film = pores.harkins_jura(pressure)[:, None]
    radius = pores.kelvin_radius(pressure)[:, None] + film
    share = 1.0 / (1.0 + np.exp(-(np.log(2.0 * radius) - np.log(width[None, :])) / 0.05))
    kernel = np.maximum(share, np.minimum(4.0 * film / width[None, :], 1.0) * (1.0 - share)) / pores.LIQUID_PER_GAS
    true = np.exp(-0.5 * (np.log(width / 8.0) / 0.25) ** 2)
    loading = kernel @ (0.4 * true / true.sum()) * (1.0 + 2e-3 * np.random.default_rng(0).normal(size=len(pressure)))
    rows = ((0.0, *map(float, width)), *((float(p), *map(float, row)) for p, row in zip(pressure, kernel, strict=True)))
    settings = sorption.Settings(kernel=rows, surface="carbon")
    result = sorption.analyse(_isotherm(pressure, loading), settings)
    return sorption.TECHNIQUE.figures["DFT fit"]([result.stamped(label="carbon", id="a")])


def _isotherm(pressure: np.ndarray, loading: np.ndarray) -> Measurement:
    columns = {"relative_pressure": pressure, "loading_cm3_stp_per_gram": loading, "branch": np.zeros(len(pressure))}
    return Measurement(technique="sorption", columns=columns, meta={"adsorptive": "N2", "simulated": True})


def _raman_differences() -> Figure:
    made, rng = raman, np.random.default_rng(3)
    spectra = [_tagged(made.simulate(made.Parameters(), rng), "state", "pristine")]
    spectra += [_tagged(made.simulate(made.Parameters(amorphous_fraction=0.6), rng), "state", "delithiated")]
    results = run(made.TECHNIQUE, spectra, made.Settings(), {})
    labels = ("pristine", "delithiated")
    stamped = [one.stamped(label=label, id=label) for one, label in zip(results, labels, strict=False)]
    return made.TECHNIQUE.figures["differences"](stamped)


def _response() -> Figure:
    from halfcell.twin.cards import load_card
    from halfcell.twin.techniques import predicted_response as made

    sweep = {"scan_rate_mv_s": 0.5, "cycles": 1, "step_mv": 5.0}
    scan = made.simulate(made.Parameters(protocol="voltammetry", settings=sweep), np.random.default_rng(0))
    result = made.analyse(scan, made.Settings(card=load_card("composite-ncm811"), active_mass_mg=2.01))
    return made.TECHNIQUE.figures["predicted response"]([result.stamped(label="composite", id="a")])


def _simulated_cell() -> Figure:
    from halfcell.twin.techniques import simulated_cell as made

    card = made.simulate(made.Parameters(name="composite-lpsc-ncm811"), np.random.default_rng(0))
    given = ("diodes=3", "wired=parallel", "rated_volt=3.0", "rated_ma=2")
    result = made.analyse(card, made.Settings(protocol="load", given=given))
    return made.TECHNIQUE.figures["protocol"]([result.stamped(label="composite", id="a")])


def _prediction() -> Figure:
    from halfcell.twin.cards import load_card
    from halfcell.twin.techniques import prediction as made

    given = {"kind": CellKind.FULL, "cathode_active_mass_mg": 12.18, "one_c_ma_per_g": 180.0, "area_cm2": 1.0}
    scan = made.simulate(made.Parameters(), np.random.default_rng(0))
    result = made.analyse(scan, made.Settings(card=load_card("graphite-ncm811"), **given))
    return made.TECHNIQUE.figures["measured and predicted"]([result.stamped(label="graphite|NCM811", id="a")])


def _scan_rates(show: str) -> Figure:
    from halfcell.techniques import voltammetry as made
    from halfcell.techniques.voltammetry.scan_rate_series import analyse_series

    rng, rates = np.random.default_rng(3), (0.1, 0.2, 0.5, 1.0, 2.0)
    base = made.Parameters(materials=(("Sn", 850.0),), shift_volt=0.02)
    swept = [dataclasses.replace(base, scan_rate_mv_s=rate, broadening=1.2 * rate**0.25) for rate in rates]
    found = analyse_series([made.simulate(one, rng) for one in swept], made.Settings(active_mass_mg=1.0, hosts=("Sn",)))
    results = [r.stamped(label=f"Sn, {rate:g} mV/s", id=f"{rate:g}") for r, rate in zip(found, rates, strict=True)]
    return made.TECHNIQUE.figures[show](results)


SIMULATED: Final[Mapping[tuple[str, str], Callable[[], Figure]]] = {
    ("conductivity", "thickness series"): _thicknesses,
    ("voltammetry", "peak currents"): partial(_scan_rates, "peak currents"),
    ("voltammetry", "capacitive share"): partial(_scan_rates, "capacitive share"),
    ("conductivity", "arrhenius"): _sweep_arrhenius,
    ("cycling", "pulses"): _pulses,
    ("cycling", "potential steps"): _potential_steps,
    ("decomposition_kinetics", "energies"): lambda: _kinetics("energies"),
    ("decomposition_kinetics", "Kissinger"): lambda: _kinetics("Kissinger"),
    ("operando_diffraction", "contour map"): lambda: _operando("contour map"),
    ("operando_diffraction", "followed lines"): lambda: _operando("followed lines"),
    ("polarisation", "biases"): _biases,
    ("predicted_response", "predicted response"): _response,
    ("prediction", "measured and predicted"): _prediction,
    ("raman", "differences"): _raman_differences,
    ("simulated_cell", "protocol"): _simulated_cell,
    ("sorption", "alpha-s plot"): _alpha_s,
    ("sorption", "DFT fit"): _dft,
}
