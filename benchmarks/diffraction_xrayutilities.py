"""What xrayutilities makes of a pattern: run by benchmarks/diffraction.py with the peer's own interpreter.

Arguments: a text file of angles, counts and the true background; receiving slit (m); size to start from (nm). Fits
xrayutilities' fundamental-parameters powder model (Lorentzian size, cell, intensity) with the background given, and
prints JSON: column length in nm (their size times 2/pi, the reciprocal integral breadth of a Lorentzian), cell in
angstrom, seconds of the fit by the clock and of the processor.
"""

from __future__ import annotations

import json
import os
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")


def main() -> None:
    """Fit one file."""
    import xrayutilities as xu
    from xrayutilities import simpack

    x, counts, background = np.loadtxt(sys.argv[1], unpack=True)
    settings = {
        "classoptions": {"oversampling": 4, "gaussian_smoother_bins_sigma": 1.0, "window_width": 20},
        "global": {"diffractometer_radius": 240e-3, "equatorial_divergence_deg": 0.3},
        "tube_tails": {"tail_intens": 0.0},
        "axial": {"length_sample": 1e-3, "slit_length_source": 1e-3, "slit_length_target": 1e-3},
        "absorption": {"absorption_coefficient": 1e5},
        "receiver_slit": {"slit_width": float(sys.argv[2])},
    }
    powder = simpack.Powder(xu.materials.Si, 1, crystallite_size_lor=10e-9)
    model = simpack.PowderModel(powder, I0=float(counts.max()), fpsettings=settings)
    model.set_background("spline", x=x[::10], y=background[::10])
    parameters = model.create_fitparameters()
    for name in ("phase_Si_a", "phase_Si_crystallite_size_lor", "primary_beam_intensity"):
        parameters[name].vary = True
    parameters["phase_Si_a"].set(min=5.41, max=5.45)  # without bounds the cell runs away from broad lines
    parameters["phase_Si_crystallite_size_lor"].set(value=1e-9 * float(sys.argv[3]), min=1e-9, max=2e-7)
    start, busy = time.perf_counter(), time.process_time()
    found = model.fit(parameters, x, counts, std=np.sqrt(np.maximum(counts, 1)))
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    model.close()
    children = os.times()  # its workers, counted once they have ended
    cpu += children.children_user + children.children_system
    size = 1e9 * found.params["phase_Si_crystallite_size_lor"].value * 2 / np.pi
    made = {"length": size, "a": found.params["phase_Si_a"].value, "chi2": found.redchi, "seconds": seconds, "cpu": cpu}
    print(json.dumps(made))


if __name__ == "__main__":
    main()
