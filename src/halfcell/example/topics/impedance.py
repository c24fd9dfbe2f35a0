"""Example raw files of impedance: simulated ZPlot spectra of one cell after 10, 50 and 100 cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.impedance import zplot
from halfcell.techniques.impedance import TWO_ARCS, Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"impedance": "raw/impedance/{cell}_{cycle}.z"}
_CELL, _SAMPLE = "composite-impedance", "Si/a-Sn/CoSi2/G/C"

# Rs, Rint, CPEint (Q, n), Rct, CPEct (Q, n), A_W after so many cycles; the document draws them (Fig. S28), prints none
_STATES: dict[int, tuple[float, ...]] = {
    10: (2.9, 17.5, 2.2e-5, 0.83, 34.0, 3.1e-3, 0.84, 6.5),
    50: (3.2, 21.0, 2.4e-5, 0.82, 40.5, 3.4e-3, 0.83, 7.2),
    100: (3.6, 25.5, 2.7e-5, 0.81, 49.0, 3.8e-3, 0.82, 8.1),
}
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
    """One ZPlot file per state."""
    import numpy as np

    for cycle, values in _STATES.items():
        parameters = Parameters(values=values, noise_percent=0.3, sample=_SAMPLE, cycle=cycle)
        rng = np.random.default_rng([seed, 280 + cycle])
        yield SimulatedFile(f"raw/impedance/{_CELL}_{cycle}.z", zplot.write(simulate(parameters, rng)))


TOPIC = Topic(
    raw=_RAW,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
