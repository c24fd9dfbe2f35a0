"""Diffraction: bias and time of crystallite sizes, ours beside xrayutilities on the same simulated patterns.

    python benchmarks/diffraction.py [--draws 8] [--peer PYTHON]

`--peer` is the interpreter of an environment of its own with xrayutilities (``python -m venv peer; peer/bin/pip install
xrayutilities``; 1.8.0 was used). Sizes are volume-weighted column lengths L_V; the truth is lognormal spheres with
sigma 0.3, a Ka doublet of four lines, 700 counts above an exponential background; our instrument is calibrated on a
simulated LaB6 scan by the same pipeline, the peer is given the true background and a start near the truth.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from ratios import record

from halfcell.maths.powder.pattern_fit import fit_pattern
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import Crystallites, Parameters, Settings
from halfcell.techniques.diffraction.scan import scan
from halfcell.techniques.diffraction.simulate import expected
from halfcell.techniques.diffraction.single_lines import line_quantities, scherrer_lines, single_lines
from halfcell.techniques.diffraction.whole_pattern_fit import first_model

LENGTHS = (3.0, 5.0, 8.0, 12.0, 20.0, 40.0, 60.0)
SHAPE = 0.776058  # FWHM times L_V of lognormal spheres with sigma 0.3


def powder(length: float, displacement: float = -0.02) -> Parameters:
    """Silicon of one size."""
    silicon = Crystallites(phase="Si", height=700.0, column_length_nm=length)
    return Parameters(phases=(silicon,), displacement_degree=displacement)


def calibrated() -> Settings:
    """Settings with the instrument found from a simulated standard."""
    lab6 = Crystallites(phase="LaB6", height=20000.0)
    standard = Parameters(phases=(lab6,), start_degree=18.0, stop_degree=120.0, displacement_degree=0.01)
    measured = diffraction.simulate(standard, np.random.default_rng(660))
    found = diffraction.TECHNIQUE.references["instrument"](measured, Settings())
    return Settings(instrument=found)


def ours(settings: Settings, length: float, draws: int) -> dict[str, tuple[float, float]]:
    """Bias and scatter in per cent of each of our estimates, and the median time of the whole-pattern fit."""
    rows: dict[str, list[float]] = {}
    for seed in range(draws):
        measurement = diffraction.simulate(powder(length), np.random.default_rng(seed))
        data, _ = scan(measurement, settings)
        lines = single_lines("Si", data, settings)
        single = line_quantities("Si", lines, scherrer_lines(lines, np.empty(0), settings), settings)[0]
        rows.setdefault("Scherrer (of its own truth)", []).append(
            single["Si.scherrer_size"].value / (0.9 / SHAPE) / length
        )
        rows.setdefault("integral breadth", []).append(single["Si.breadth_size"].value / length)
        model = first_model(data, settings, ("Si",), {})
        lorentz = tuple(dataclasses.replace(phase, shape="lorentzian") for phase in model.phases)
        for name, one in (
            ("whole, Lorentzian", dataclasses.replace(model, phases=lorentz)),
            ("whole, lognormal", model),
        ):
            busy = time.process_time()
            fit = fit_pattern(one, data.counts)
            rows.setdefault(f"{name}: CPU s", []).append(time.process_time() - busy)
            rows.setdefault(name, []).append(float(np.exp(fit.value("Si.ln_size"))) / length)
    return {
        name: (float(np.median(v)), 0.0) if name.endswith(" s") else (100 * (np.mean(v) - 1), 100 * np.std(v))
        for name, v in rows.items()
    }


def peer(interpreter: str, length: float) -> dict[str, float]:
    """xrayutilities on one pattern."""
    parameters = powder(length, 0.0)
    x, total = expected(parameters)
    background = expected(dataclasses.replace(parameters, phases=()))[1]
    counts = np.random.default_rng(1).poisson(total)
    script = Path(__file__).with_name("diffraction_xrayutilities.py")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pattern.txt"
        np.savetxt(path, np.stack([x, counts, background], axis=1))
        command = [interpreter, str(script), str(path), "1e-4", f"{1.4 * length:g}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--draws", type=int, default=8)
    parser.add_argument("--peer", default="")
    args = parser.parse_args()
    settings = calibrated()
    first_model_names = ["Scherrer (of its own truth)", "integral breadth", "whole, Lorentzian", "whole, lognormal"]
    print("bias (scatter) in % of L_V; the last columns are CPU seconds a pattern, both in one run")
    print("| L_V (nm) | " + " | ".join(first_model_names) + " | xrayutilities | ours, CPU s | theirs, CPU s | ratio |")
    print("|---" * (len(first_model_names) + 5) + "|")
    for length in LENGTHS:
        found = ours(settings, length, args.draws)
        cells = [f"{found[name][0]:+.1f} ({found[name][1]:.1f})" for name in first_model_names]
        busy = found["whole, lognormal: CPU s"][0]
        theirs = peer(args.peer, length) if args.peer else None
        if theirs:
            record("a whole-pattern fit of silicon", "xrayutilities", theirs["cpu"], busy)
            cells += [f"{100 * (theirs['length'] / length - 1):+.1f}", f"{busy:.3f}"]
            cells += [f"{theirs['cpu']:.1f}", f"{theirs['cpu'] / busy:.0f}"]
        else:
            cells += ["-", f"{busy:.3f}", "-", "-"]
        print(f"| {length:g} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
