"""Example raw files of impedance: spectra of one cell after 10, 50 and 100 cycles, computed by the twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.example.electrode_spectrum import Film, Surface, spectrum
from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.techniques.impedance import TWO_ARCS

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"impedance": [f"raw/impedance/{{cell}}_{{cycle}}{suffix}" for suffix in (".z", ".dta", ".mpt")]}
_CELL, _SAMPLE = "composite-impedance", "Si/a-Sn/CoSi2/G/C"

# Rs, Rint, CPEint (Q, n), Rct, CPEct (Q, n), A_W after so many cycles; the document draws them (Fig. S28), prints none
_STATES: dict[int, tuple[float, ...]] = {
    10: (2.9, 17.5, 1.2e-5, 0.85, 34.0, 1.6e-4, 0.90, 0.9),
    50: (3.2, 21.0, 1.3e-5, 0.84, 40.5, 1.8e-4, 0.89, 1.0),
    100: (3.6, 25.5, 1.4e-5, 0.83, 49.0, 2.1e-4, 0.88, 1.1),
}
_FORMATS = {50: ".dta", 100: ".mpt"}  # Gamry and EC-Lab; ZPlot otherwise
_MAH = 1.7  # capacity of the electrode
_NAMES = ("Rs", "Rint", "CPEint_Q", "CPEint_n", "Rct", "CPEct_Q", "CPEct_n", "W")
_UNITS = {"Rs": "ohm", "Rint": "ohm", "Rct": "ohm", "CPEint_n": "", "CPEct_n": "", "W": "ohm s^-1/2"}
_UNITS |= {"CPEint_Q": "S s^n", "CPEct_Q": "S s^n"}

_SAMPLES = ({"name": _SAMPLE},)
_CELLS = ({"cell": _CELL, "sample": _SAMPLE, "kind": "half", "area_cm2": "1.13", "temperature_degc": "25"},)

_ITEMS = f"""
[[figure]]
id = "S28"
caption = "Ex situ EIS analysis of the Si/a-Sn/CoSi2/G/C anode after 10, 50 and 100 cycles. a Experimental Nyquist plots. b Fits of Rs-(Rint||CPEint)-(Rct||CPEct)-W. c Evolution of Rint and Rct with 95 % intervals."
columns = 3
width_mm = 180
panels = [
  {{ technique = "impedance", show = "nyquist data", cells = ["{_CELL}"], set = {{ circuit = "{TWO_ARCS}" }} }},
  {{ technique = "impedance", show = "nyquist", cells = ["{_CELL}"], set = {{ circuit = "{TWO_ARCS}" }} }},
  {{ technique = "impedance", show = "evolution", cells = ["{_CELL}"], set = {{ circuit = "{TWO_ARCS}" }} }},
]
"""  # noqa: E501

_TRUTH = tuple(
    Truth(f"cycle {cycle}", "impedance", name, value, _UNITS[name])
    for cycle, values in _STATES.items()
    for name, value in zip(_NAMES, values, strict=True)
)


def files(seed: int) -> Iterator[SimulatedFile]:
    """One file per state, as an analyser whose leads are compensated writes it; each time another one."""
    from halfcell.twin.instruments import Analyser, raw_file, recorded

    analyser = Analyser(
        lead_nanohenry=5.0, phase_degree=0.005, gain_percent=0.02, drift_percent=0.02, mains_percent=0.0
    )
    hertz = np.geomspace(1e5, 1e-2, 57)
    for cycle, (rs, rint, q_film, n_film, rct, q_layer, n_layer, slope) in _STATES.items():
        surface = Surface(rct, slope, q_layer, n_layer, _MAH)
        z = spectrum(hertz, rs, Film(rint, q_film, n_film), surface)
        columns = {"frequency_hertz": hertz, "real_impedance_ohm": z.real, "imaginary_impedance_ohm": z.imag}
        meta = {"simulated": True, "sample": _SAMPLE, "cycle": cycle}
        measurement = Measurement(technique="impedance", columns=columns, meta=meta)
        rng = np.random.default_rng([seed, 280 + cycle])
        path = f"raw/impedance/{_CELL}_{cycle}{_FORMATS.get(cycle, '.z')}"
        yield SimulatedFile(path, raw_file(recorded(measurement, rng, analyser), path))


TOPIC = Topic(
    raw=_RAW,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
