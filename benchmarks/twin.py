"""Six discharges of a cell, a sweep and a fit beside PyBaMM and PyBOP, and other protocols; processor time, one run.

PyBaMM is used as its documentation shows, a simulation per rate, and again with one simulation built once and the
current as an input. A sweep of 64 points with a simulation each is timed on four of them. PyBOP fits three values of
one curve with Nelder and Mead's method, halfcell three values of six capacities and voltages. Everything runs in one
process, turn by turn; imports are not counted.

    python -m venv peers/pybamm && peers/pybamm/bin/pip install pybamm pybop
    OMP_NUM_THREADS=1 PYTHONPATH=src peers/pybamm/bin/python benchmarks/twin.py

The best of three turns of each is printed, in seconds and as a ratio to that of halfcell.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pybamm
import pybop
from ratios import record

from halfcell.twin.cards import load_card
from halfcell.twin.cell import Cell, discharge
from halfcell.twin.compile import compiled
from halfcell.twin.fit import fit
from halfcell.twin.protocols import run_protocol
from halfcell.twin.sweep import sweep

RATES = (0.1, 0.5, 1.0, 2.0, 3.0, 5.0)
AMPERES = 5.0
TURNS = 3
PAIRS = (  # the same work, the peer, and the names of both below
    ("six rates, particles of many sizes", "PyBaMM, MPM", "PyBaMM MPM, 20 sizes, per rate", "halfcell, 12 sizes"),
    (
        "six rates, many sizes, built once",
        "PyBaMM, MPM built once",
        "PyBaMM MPM, 20 sizes, built once",
        "halfcell, 12 sizes",
    ),
    (
        "six rates, electrolyte, one size (halfcell: 12)",
        "PyBaMM, SPMe",
        "PyBaMM SPMe, one size, per rate",
        "halfcell, 12 sizes and electrolyte",
    ),
    (
        "six rates, electrolyte, one size (halfcell: 12), built once",
        "PyBaMM, SPMe built once",
        "PyBaMM SPMe, one size, built once",
        "halfcell, 12 sizes and electrolyte",
    ),
    (
        "six rates, electrolyte and many sizes",
        "PyBaMM, DFN",
        "PyBaMM DFN, 20 sizes, per rate",
        "halfcell, 12 sizes and electrolyte",
    ),
    (
        "a fit of three values",
        "PyBOP, one curve (halfcell: twelve numbers of six rates)",
        "PyBOP, fit of three values to a curve",
        "halfcell, fit of three values",
    ),
)
PLAIN = 4  # points of a sweep that are timed with a simulation each


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of this process and of those that it starts."""
    before, start = os.times(), time.process_time()
    work()
    after = os.times()
    return time.process_time() - start + sum(after[2:4]) - sum(before[2:4])


def _ours(card_name: str) -> Callable[[], object]:
    card = load_card(card_name)
    currents = np.array([18.0, 90.0, 180.0, 360.0, 540.0, 900.0])
    cell: Cell = compiled([card] * len(currents))
    return lambda: discharge(cell, currents)


def _points(sizes: bool) -> dict[str, int]:
    more = {"R_n": 20, "R_p": 20} if sizes else {}
    return {"x_n": 20, "x_s": 20, "x_p": 20, "r_n": 20, "r_p": 20, **more}


def _parameters(sizes: bool) -> pybamm.ParameterValues:
    values = pybamm.ParameterValues("Chen2020")
    return pybamm.get_size_distribution_parameters(values) if sizes else values


def _naive(make: Callable[[], pybamm.BaseModel], sizes: bool) -> Callable[[], object]:
    def run() -> None:
        for rate in RATES:
            values = _parameters(sizes)
            values["Current function [A]"] = AMPERES * rate
            model = make()
            simulation = pybamm.Simulation(
                model, parameter_values=values, solver=pybamm.IDAKLUSolver(), var_pts=_points(sizes)
            )
            simulation.solve([0, 3600 / rate * 1.3])

    return run


def _reused(make: Callable[[], pybamm.BaseModel], sizes: bool) -> Callable[[], object]:
    values = _parameters(sizes)
    values["Current function [A]"] = pybamm.InputParameter("I")
    model = make()
    simulation = pybamm.Simulation(model, parameter_values=values, solver=pybamm.IDAKLUSolver(), var_pts=_points(sizes))

    def run() -> None:
        for rate in RATES:
            simulation.solve([0, 3600 / rate * 1.3], inputs={"I": AMPERES * rate})

    run()
    return run


def _with_electrolyte() -> Callable[[], object]:
    """The graphite card with an electrolyte of usual values."""
    card = load_card("graphite-ncm811")
    like = card.values["cell.lower_volt"]
    values = {
        "concentration_mol_per_m3": 1000, "diffusion_m2_per_s": 3e-10, "conductivity_s_per_m": 1.0, "transference": 0.3,
        "thermodynamic_factor": 1.0, "bruggeman": 1.5, "anode_um": 80, "separator_um": 25, "cathode_um": 60,
        "anode_porosity": 0.35, "separator_porosity": 0.45, "cathode_porosity": 0.35,
    }  # fmt: skip
    more = {f"electrolyte.{name}": replace(like, value=float(value)) for name, value in values.items()}
    currents = np.array([18.0, 90.0, 180.0, 360.0, 540.0, 900.0])
    cell = compiled([replace(card, values={**card.values, **more})] * len(currents))
    return lambda: discharge(cell, currents)


def _dfn_with_sizes() -> pybamm.BaseModel:
    return pybamm.lithium_ion.DFN({"particle size": "distribution"})


def _plain_calls(count: int) -> Callable[[], object]:
    """A discharge at 1C per point of a sweep, each with a simulation of its own."""

    def run() -> None:
        for thickness in np.linspace(80e-6, 90e-6, count):
            values = _parameters(False)
            values["Negative electrode thickness [m]"] = thickness
            simulation = pybamm.Simulation(
                pybamm.lithium_ion.SPMe(), parameter_values=values, solver=pybamm.IDAKLUSolver(), var_pts=_points(False)
            )
            simulation.solve([0, 3600 * 1.3])

    return run


def _pybop() -> Callable[[], object]:
    """Three values of one simulated curve at 1C, by PyBOP's Nelder-Mead."""
    time_s = np.linspace(0, 3200, 200)
    values = _parameters(False)
    volt = pybamm.Simulation(pybamm.lithium_ion.SPMe(), parameter_values=values).solve(time_s)["Voltage [V]"](time_s)
    data = pybop.Dataset({"Time [s]": time_s, "Current [A]": np.full(200, AMPERES), "Voltage [V]": volt})

    def run() -> None:
        free, logarithm = values.copy(), pybop.LogTransformation()
        starts = {
            "Negative particle diffusivity [m2.s-1]": (6e-14, (1e-14, 2e-13), logarithm),
            "Negative electrode active material volume fraction": (0.7, (0.5, 0.85), None),
            "Positive particle diffusivity [m2.s-1]": (6e-15, (1e-15, 2e-14), logarithm),
        }
        for name, (value, bounds, kind) in starts.items():
            free.update({name: pybop.Parameter(initial_value=value, bounds=bounds, transformation=kind)})
        simulator = pybop.pybamm.Simulator(pybamm.lithium_ion.SPMe(), parameter_values=free, protocol=data)
        problem = pybop.Problem(simulator, pybop.SumSquaredError(data))
        pybop.NelderMead(problem, options=pybop.PintsOptions(max_iterations=200)).run()

    return run


def _start() -> Callable[[], object]:
    """The command from its start to its end, in a process of its own."""

    def run() -> None:
        subprocess.run(
            [sys.executable, "-m", "halfcell", "twin", "predict", "graphite-ncm811"], check=True, capture_output=True
        )

    return run


def main() -> None:
    """Run and print all."""
    pybamm.set_logging_level("ERROR")
    graphite = load_card("graphite-ncm811")
    masses = {"anode.active_mg": list(np.linspace(6, 8, 64))}
    free = ["anode.diffusion_hours", "anode.charged_content", "anode.exchange_per_hour"]
    work = {
        "halfcell, 12 sizes": _ours("graphite-ncm811"),
        "halfcell, 3 phases of 12 sizes": _ours("composite-ncm811"),
        "halfcell, 12 sizes and electrolyte": _with_electrolyte(),
        "PyBaMM MPM, 20 sizes, per rate": _naive(pybamm.lithium_ion.MPM, True),
        "PyBaMM MPM, 20 sizes, built once": _reused(pybamm.lithium_ion.MPM, True),
        "PyBaMM SPMe, one size, per rate": _naive(pybamm.lithium_ion.SPMe, False),
        "PyBaMM SPMe, one size, built once": _reused(pybamm.lithium_ion.SPMe, False),
        "PyBaMM DFN, one size, per rate": _naive(pybamm.lithium_ion.DFN, False),
        "PyBaMM DFN, 20 sizes, per rate": _naive(_dfn_with_sizes, True),
        "halfcell, sweep of 64 points": lambda: sweep(graphite, masses, [180.0]),
        "PyBaMM SPMe, 4 of 64 plain calls": _plain_calls(PLAIN),
        "halfcell, fit of three values": lambda: fit([graphite], free),
        "PyBOP, fit of three values to a curve": _pybop(),
        "halfcell, two cycles CC-CV": lambda: run_protocol(graphite, "cccv"),
        "halfcell, voltammetry, two cycles": lambda: run_protocol(graphite, "voltammetry"),
        "halfcell, impedance at three states": lambda: run_protocol(graphite, "impedance"),
        "halfcell twin predict, whole command": _start(),
    }
    best = dict.fromkeys(work, float("inf"))
    for _ in range(TURNS):
        for name, one in work.items():
            best[name] = min(best[name], _seconds(one))
    sweeps = best["PyBaMM SPMe, 4 of 64 plain calls"] * 64 / PLAIN, best["halfcell, sweep of 64 points"]
    for work, peer, theirs, own in PAIRS:
        record(work, peer, best[theirs], best[own])
    record("a sweep of 64 points", "PyBaMM, plain calls", *sweeps)
    print(f"64 plain calls would take {sweeps[0]:.1f} s, {sweeps[0] / sweeps[1]:.0f} times the sweep")
    for name, seconds in best.items():
        print(f"{name:<38} {seconds:8.3f} s  {seconds / best['halfcell, 12 sizes']:7.1f}")


if __name__ == "__main__":
    main()
