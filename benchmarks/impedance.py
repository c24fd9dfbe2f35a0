"""Circuit fits a second and their success beside impedance.py and pyimpspec, on the same simulated spectra.

The set is that of tests/truth/test_impedance.py: Rs-(Rint||CPEint)-(Rct||CPEct)-W, 57 points from 100 kHz to 10 mHz,
noise of 1 % and 0.1 % of |Z|. The peers start from what a careful user reads off the Nyquist plot; halfcell is given no
guess. Turns are interleaved (fifty spectra each), CPU time is counted inside each program, imports are not.

Each peer lives in an environment of its own:

    python -m venv peers/a && peers/a/bin/pip install impedance pandas
    python -m venv peers/b && peers/b/bin/pip install pyimpspec
    OMP_NUM_THREADS=1 python benchmarks/impedance.py --impedance peers/a/bin/python --pyimpspec peers/b/bin/python

"Success": the residual is at most 1.1 times that of the truth. "Both": both arc resistances within 5 % of the truth.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from ratios import record

from halfcell.maths.circuit.circuit_fit import fit_spectra
from halfcell.maths.circuit.model import Model, build
from halfcell.maths.kramers_kronig import kramers_kronig

CIRCUIT = "Rs-p(Rint,CPEint)-p(Rct,CPEct)-W"
TOGETHER = 50  # spectra that halfcell fits at once, the length of a series
FREQUENCY = np.logspace(5, -2, 57)

PEERS = {
    "impedance.py": """
from impedance.models.circuits import CustomCircuit
def fit(f, z, g):
    c = CustomCircuit("R0-p(R1,CPE1)-p(R2,CPE2)-W1", initial_guess=[g[k] for k in (0, 1, 2, 3, 4, 5, 6, 7)])
    c.fit(f, z, weight_by_modulus=True)
    return list(c.parameters_)
""",
    "pyimpspec": """
import pyimpspec
def fit(f, z, g):
    cdc = "R{R=%r}(R{R=%r}Q{Y=%r,n=%r})(R{R=%r}Q{Y=%r,n=%r})W{Y=%r}" % (*g[:7], 1 / (g[7] * 2 ** 0.5))
    data = pyimpspec.DataSet(f, z)
    r = pyimpspec.fit_circuit(pyimpspec.parse_cdc(cdc), data, method="least_squares", weight="boukamp", num_procs=1)
    v = [p for e in r.circuit.get_elements() for p in e.get_values().values()]
    return [*v[:7], 1 / (v[7] * 2 ** 0.5)]
""",
}
MAIN = """
import json, sys, time, warnings
import numpy as np
warnings.simplefilter("ignore")
job = np.load(sys.argv[1]); f = job["frequency"]; out = []
try: fit(f, job["impedance"][0], job["guess"][0].tolist())  # warm
except Exception: pass
for z, g in zip(job["impedance"], job["guess"]):
    begin = time.process_time()
    try: values = fit(f, z, g.tolist())
    except Exception: values = None
    out.append([time.process_time() - begin, values])
print(json.dumps(out))
"""


def drawn(count: int, noise: float, seed: int) -> tuple[Model, np.ndarray, np.ndarray, np.ndarray]:
    """Model, truth, clean and noisy spectra."""
    rng = np.random.default_rng(seed)

    def even(low: float, high: float) -> np.ndarray:
        return np.exp(rng.uniform(np.log(low), np.log(high), count))

    rs, r1, r2, a, t1 = even(1, 20), even(5, 200), even(5, 316), even(2, 50), even(1e-5, 5e-4)
    t2, n1, n2 = t1 * even(5, 1000), rng.uniform(0.65, 0.98, count), rng.uniform(0.65, 0.98, count)
    truth = np.stack([rs, r1, t1**n1 / r1, n1, r2, t2**n2 / r2, n2, a], axis=1)
    model = build(CIRCUIT)
    clean = model.evaluate(model.internal(truth), np.log(2 * np.pi * FREQUENCY))[0]
    wild = rng.standard_normal((2, *clean.shape))
    return model, truth, clean, clean + noise * np.abs(clean) * (wild[0] + 1j * wild[1])


def plot_guess(z: np.ndarray) -> list[float]:
    """What a careful user reads off a Nyquist plot: intercept, widths and apexes of the arcs, slope of the tail."""
    real, height = z.real, -z.imag
    smooth = np.convolve(np.pad(height, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    inner = np.arange(2, len(z) - 2)
    valleys = [i for i in inner if smooth[i] < smooth[i - 1] and smooth[i] <= smooth[i + 1]]
    omega = 2 * np.pi * FREQUENCY
    tail = max((height[-1] - height[-6]) / (omega[-1] ** -0.5 - omega[-6] ** -0.5), 0.1)
    rs = max(real[0], 0.01)
    end = valleys[-1] if valleys else int(0.75 * len(z))
    whole = max(real[end] - rs, 0.1)
    if len(valleys) > 1:
        first = max(real[valleys[0]] - rs, 0.05 * whole)
        peaks = [int(np.argmax(height[: valleys[0]])), valleys[0] + int(np.argmax(height[valleys[0] : end + 1]))]
    else:
        peak = int(np.argmax(height[: end + 1]))
        first, peaks = 0.5 * whole, [max(peak - 6, 1), min(peak + 4, end)]
    widths = (first, max(whole - first, 0.05 * whole))
    guess = [rs]
    for width, peak in zip(widths, peaks, strict=True):
        guess += [width, (1 / omega[peak]) ** 0.85 / width, 0.85]
    return [*guess, float(tail)]


def ordered(values: list[float]) -> np.ndarray:
    """Natural parameters with the faster arc first."""
    v = np.array(values, dtype=float)
    tau = [(v[i] * v[i + 1]) ** (1 / v[i + 2]) for i in (1, 4)]
    return v if tau[0] <= tau[1] else v[[0, 4, 5, 6, 1, 2, 3, 7]]


def halfcell_turn(noisy: np.ndarray, one_by_one: bool) -> list[Any]:
    """Fit some of the spectra with intervals, together or one by one."""
    parts = [noisy[i : i + 1] for i in range(len(noisy))] if one_by_one else [noisy]
    out: list[Any] = []
    for part in parts:
        begin = time.process_time()
        fits = fit_spectra(CIRCUIT, FREQUENCY, part)
        spent = (time.process_time() - begin) / len(part)
        out += [[spent, fitted.uncertainty.values.tolist()] for fitted in fits]
    return out


def peer_turn(name: str, python: str, noisy: np.ndarray) -> list[Any]:
    """Fit the same spectra in the peer's own environment."""
    with tempfile.TemporaryDirectory() as folder:
        job, script = Path(folder) / "job.npz", Path(folder) / "peer.py"
        np.savez(job, frequency=FREQUENCY, impedance=noisy, guess=np.array([plot_guess(z) for z in noisy]))
        script.write_text(PEERS[name] + MAIN, encoding="utf-8")
        env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": ""}
        done = subprocess.run([python, str(script), str(job)], capture_output=True, text=True, check=True, env=env)
        return list(json.loads(done.stdout.strip().splitlines()[-1]))


def judged(
    model: Model, data: tuple[np.ndarray, np.ndarray, np.ndarray], found: list[Any]
) -> tuple[float, float, float]:
    """Mean CPU ms, share of successes, share with both resistances within 5 %."""
    truth, clean, noisy = data
    good, both = [], []
    for t, c, z, (_, values) in zip(truth, clean, noisy, found, strict=True):
        if values is None or not np.isfinite(values).all() or min(values) <= 0:
            good.append(False)
            both.append(False)
            continue
        v = ordered(values)
        w = 1 / np.abs(z)
        left = np.sum(np.abs(w * (model.impedance(v, FREQUENCY) - z)) ** 2)
        good.append(np.sqrt(left) <= 1.1 * np.sqrt(np.sum(np.abs(w * (c - z)) ** 2)))
        both.append(abs(v[1] / t[1] - 1) < 0.05 and abs(v[4] / t[4] - 1) < 0.05)
    return 1e3 * float(np.mean([f[0] for f in found])), float(np.mean(good)), float(np.mean(both))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--impedance", default="", help="python of an environment with impedance.py")
    parser.add_argument("--pyimpspec", default="", help="python of an environment with pyimpspec")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    peers = {n: p for n, p in (("impedance.py", args.impedance), ("pyimpspec", args.pyimpspec)) if p}
    print("| noise | tool | ms a fit | ratio | success | both within 5 % |\n|---|---|---|---|---|---|")
    for noise in (0.01, 0.001):
        model, truth, clean, noisy = drawn(args.count, noise, args.seed)
        fit_spectra(CIRCUIT, FREQUENCY, noisy[:2])  # warm
        found: dict[str, list[Any]] = {n: [] for n in ("halfcell, together", "halfcell, one by one", *peers)}
        for some in np.array_split(np.arange(args.count), max(args.count // TOGETHER, 1)):
            found["halfcell, together"] += halfcell_turn(noisy[some], False)
            found["halfcell, one by one"] += halfcell_turn(noisy[some], True)
            for name, python in peers.items():
                found[name] += peer_turn(name, python, noisy[some])
        speed = {name: judged(model, (truth, clean, noisy), results)[0] for name, results in found.items()}
        base = speed["halfcell, together"]
        for name in peers:
            record("circuit fits, fifty spectra together", name, speed[name], base)
            record("circuit fits, one by one", name, speed[name], speed["halfcell, one by one"])
        for name, results in found.items():
            ms, good, both = judged(model, (truth, clean, noisy), results)
            print(f"| {100 * noise:g} % | {name} | {ms:.2f} | {ms / base:.3g} | {good:.3f} | {both:.3f} |", flush=True)
        begin = time.process_time()
        for z in noisy[:50]:
            kramers_kronig(FREQUENCY, z)
        print(f"| {100 * noise:g} % | (Kramers-Kronig test) | {20 * (time.process_time() - begin):.2f} | | | |")


if __name__ == "__main__":
    main()
