"""Six discharges of a cell with and without a distribution of sizes, and a fit, beside PyBaMM; processor time, one run.

PyBaMM is used as its documentation shows, a simulation per rate, and again with one simulation built once and the
current as an input. Everything runs in one process, turn by turn; imports are not counted.

    python -m venv peers/pybamm && peers/pybamm/bin/pip install pybamm
    OMP_NUM_THREADS=1 PYTHONPATH=src peers/pybamm/bin/python benchmarks/twin.py

The best of three turns of each is printed, in seconds and as a ratio to that of halfcell.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pybamm

from halfcell.twin.cards import load_card
from halfcell.twin.cell import Cell, discharge
from halfcell.twin.compile import compiled
from halfcell.twin.fit import fit
from halfcell.twin.sweep import sweep

RATES = (0.1, 0.5, 1.0, 2.0, 3.0, 5.0)
AMPERES = 5.0
TURNS = 3


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _ours(card_name: str) -> Callable[[], object]:
    card = load_card(card_name)
    currents = np.array([18.0, 90.0, 180.0, 360.0, 540.0, 900.0])
    cell: Cell = compiled([card] * len(currents))
    return lambda: discharge(cell, currents)


def _points(model: pybamm.BaseModel) -> dict[str, int]:
    count = 20 if isinstance(model, pybamm.lithium_ion.MPM) else 0
    sizes = {"R_n": count, "R_p": count} if count else {}
    return {"x_n": 20, "x_s": 20, "x_p": 20, "r_n": 20, "r_p": 20, **sizes}


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
                model, parameter_values=values, solver=pybamm.IDAKLUSolver(), var_pts=_points(model)
            )
            simulation.solve([0, 3600 / rate * 1.3])

    return run


def _reused(make: Callable[[], pybamm.BaseModel], sizes: bool) -> Callable[[], object]:
    values = _parameters(sizes)
    values["Current function [A]"] = pybamm.InputParameter("I")
    model = make()
    simulation = pybamm.Simulation(model, parameter_values=values, solver=pybamm.IDAKLUSolver(), var_pts=_points(model))

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
        "halfcell, sweep of 64 points": lambda: sweep(graphite, masses, [180.0]),
        "halfcell, fit of three values": lambda: fit([graphite], free),
    }
    best = dict.fromkeys(work, float("inf"))
    for _ in range(TURNS):
        for name, one in work.items():
            best[name] = min(best[name], _seconds(one))
    for name, seconds in best.items():
        print(f"{name:<38} {seconds:8.3f} s  {seconds / best['halfcell, 12 sizes']:7.1f}")


if __name__ == "__main__":
    main()
