"""Microscopy in CPU time: regions with fringes, rings, X-ray spectra and a map, each in a process of its own.

    python benchmarks/microscopy.py

Every row is a first run (with the lists of the library's phases still to be made), with the memory the process took.
The unit is the CPU time of a Fourier transform of 2048 x 2048 values on the same machine, beside seconds; HyperSpy's
answer to the same question is not timed: it has none for rings, fringes or families of lines in one step.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

WORK = ("fringes", "rings_of_a_standard", "rings_against_the_library", "eight_spectra", "element_map")


def fringes() -> Callable[[], object]:
    """One region of 1024 x 1024 pixels: eight fringes."""
    from halfcell.maths.lattice_fringes import fringes as found
    from halfcell.techniques.microscopy import Parameters, simulate

    picture = simulate(Parameters(pixels=1024), np.random.default_rng(1))["image"]
    return lambda: found(picture, 8)


def rings_of_a_standard() -> Callable[[], object]:
    """A ring pattern of 512 x 512 pixels: centre, ellipse, rings, scale."""
    from halfcell.techniques.electron_diffraction import Parameters, Settings, simulate
    from halfcell.techniques.load import load_technique

    measurement = simulate(Parameters(), np.random.default_rng(1))
    technique = load_technique("electron_diffraction")
    return lambda: technique.analyse(measurement, Settings(standard="Au"))


def rings_against_the_library() -> Callable[[], object]:
    """The same against all phases of the library."""
    from halfcell.techniques.electron_diffraction import Parameters, Settings, simulate
    from halfcell.techniques.load import load_technique

    measurement = simulate(Parameters(), np.random.default_rng(1))
    technique = load_technique("electron_diffraction")
    return lambda: technique.analyse(measurement, Settings())


def eight_spectra() -> Callable[[], object]:
    """Eight spectra of 2048 channels with six elements."""
    from halfcell.techniques.edx import Parameters, Settings, simulate
    from halfcell.techniques.load import load_technique

    lines = (("Si", "K", 2e5), ("Sn", "L", 4e4), ("Co", "K", 3e4), ("C", "K", 5e4), ("O", "K", 2e4), ("Fe", "K", 5e3))
    made = [simulate(Parameters(lines=lines, channels=2048), np.random.default_rng(n)) for n in range(8)]
    technique = load_technique("edx")
    return lambda: [technique.analyse(one, Settings()) for one in made]


def element_map() -> Callable[[], object]:
    """A map of 240 x 320 pixels and 2048 channels."""
    from halfcell.techniques.edx import Parameters, Settings, simulate
    from halfcell.techniques.load import load_technique

    lines = (("Si", "K", 4e5), ("Sn", "L", 2e5), ("C", "K", 1e5))
    made = simulate(Parameters(lines=lines, size=(240, 320), channels=2048), np.random.default_rng(1))
    technique = load_technique("edx")
    return lambda: technique.analyse(made, Settings())


def _unit() -> float:
    values = np.random.default_rng(0).normal(size=(2048, 2048))
    np.fft.rfft2(values)
    start = time.process_time()
    np.fft.rfft2(values)
    return time.process_time() - start


def main() -> None:
    """Time one piece of work, or all of them, each in a process of its own."""
    if len(sys.argv) == 2:
        unit = _unit()
        run = globals()[sys.argv[1]]()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        run()
        took = time.process_time() - start
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024.0
        print(f"| {sys.argv[1].replace('_', ' ')} | {took:.2f} | {took / unit:.1f} | {more:.0f} |")
        return
    print("| work | CPU s | transforms | MB more |\n|---|---:|---:|---:|", flush=True)
    for name in WORK:
        subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main()
