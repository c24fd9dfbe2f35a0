"""Example raw files of pellets: simulated I-V sweeps with their blank, a polarisation record, spectra of a pellet."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.impedance import chi, zplot
from halfcell.techniques import conductivity, ionic_conductivity, polarisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

_BLANK = "raw/conductivity_blank/SUS.txt"
_RAW = {
    "conductivity": "raw/conductivity/{cell}.txt",
    "polarisation": "raw/polarisation/{cell}.txt",
    "ionic_conductivity": "raw/ionic_conductivity/{cell}_{temperature}.z",
}
_SETTINGS: dict[str, dict[str, Any]] = {
    "conductivity": {
        "electrodes": "ion-blocking",
        "claimed": "electronic",
        "contact_resistance_ohm": _BLANK,
        "thickness_std_um": 10.0,
        "diameter_std_mm": 0.05,
    },
    "ionic_conductivity": {
        "temperature_std_kelvin": 0.5,
        "thickness_std_um": 10.0,
        "diameter_std_mm": 0.05,
    },
    "polarisation": {
        "electrodes": "electron-blocking",
        "claimed": "ionic",
        "series_resistance_ohm": 3.0,
        "series_std_ohm": 0.3,
        "leakage_std_ampere": 1e-8,
        "thickness_std_um": 10.0,
        "diameter_std_mm": 0.05,
    },
}

_CONTACT = 0.008  # ohm, of the two steel faces and the leads
# sample: sigma_e (S/cm), thickness (um), largest voltage (V); drawn in the document (Fig. S12, S19), not printed
_PELLETS: dict[str, tuple[float, float, float]] = {
    "FeSi2": (0.042, 520.0, 0.1),
    "CoSi2": (0.58, 480.0, 0.05),
    "NiSi2": (0.36, 505.0, 0.05),
    "C (PVC)": (0.21, 610.0, 0.05),
}
_LPSC = polarisation.Parameters(conductivity_s_per_cm=2.1e-3, thickness_um=650.0, series_ohm=3.0, sample="LPSC")
# LPSC between steel at these temperatures (degC): bulk and grain boundaries in series make 2.1 mS/cm at 25 degC
_TEMPERATURES = (-40, -20, 0, 25, 40)
_BLOCKED = ionic_conductivity.Parameters(
    bulk_s_per_cm=3.15e-3, grain_boundary_s_per_cm=6.3e-3, bulk_energy_ev=0.36, grain_boundary_energy_ev=0.36,
    thickness_um=700.0, lead_ohm=0.1, sample="LPSC",
)  # fmt: skip
_GEOMETRY = {"diameter_mm": "10.00", "temperature_degc": "25"}


def _cell(sample: str) -> str:
    return f"{sample.replace(' (', '-').replace(')', '')}-pellet"


_SAMPLES = (*({"name": sample, "label": sample} for sample in _PELLETS), {"name": "LPSC", "label": "LPSC"})
_CELLS = (
    *(
        {"cell": _cell(s), "sample": s, "thickness_um": f"{t:g}", "pressure_mpa": "75"} | _GEOMETRY
        for s, (_, t, _) in _PELLETS.items()
    ),
    {"cell": "LPSC-pellet", "sample": "LPSC", "thickness_um": "650", "pressure_mpa": "300"} | _GEOMETRY,
    {"cell": "LPSC-steel", "sample": "LPSC", "thickness_um": "700", "pressure_mpa": "300", "diameter_mm": "10.00"},
)

_ITEMS = """
[[figure]]
id = "S12"
caption = "Electronic conductivity of FeSi2, CoSi2 and NiSi2. a SUS|pellet|SUS cell, to scale. b I-V profiles. c Electronic conductivities from the slopes, contacts and leads (a blank without a pellet) subtracted."
columns = 3
width_mm = 180
panels = [
  { technique = "conductivity", show = "schematic", cells = ["CoSi2-pellet"] },
  { technique = "conductivity", show = "I-V", cells = ["FeSi2-pellet", "CoSi2-pellet", "NiSi2-pellet"] },
  { technique = "conductivity", show = "conductivity", cells = ["FeSi2-pellet", "CoSi2-pellet", "NiSi2-pellet"] },
]

[[figure]]
id = "S19"
caption = "I-V profile of the PVC-pyrolyzed C and its electronic conductivity."
technique = "conductivity"
show = "I-V"
cells = ["C-PVC-pellet"]

[[figure]]
id = "S35"
caption = "Argyrodite LPSC: a XRD pattern, b direct-current polarisation at 50 mV in an electron-blocking symmetric cell, c Arrhenius plot of the conductivities by impedance between steel electrodes."
columns = 3
width_mm = 180
panels = [
  { technique = "xrd", show = "pattern", samples = ["LPSC"], set = { phases = ["Li6PS5Cl", "Li2S", "LiCl"] } },
  { technique = "polarisation", show = "current-time", cells = ["LPSC-pellet"] },
  { technique = "ionic_conductivity", show = "arrhenius", cells = ["LPSC-steel"] },
]
"""  # noqa: E501

_TRUTH = (
    *(Truth(_cell(s), "conductivity", "conductivity", sigma, "S/cm") for s, (sigma, _, _) in _PELLETS.items()),
    Truth("LPSC-pellet", "polarisation", "conductivity", 2.1e-3, "S/cm"),
    Truth("LPSC-steel", "ionic_conductivity", "series.activation_energy", 0.36, "eV"),
    Truth("LPSC-steel", "ionic_conductivity", "series.conductivity_25degc", 2.1e-3, "S/cm"),
)


def _real(thickness: float, rng: Generator) -> dict[str, Any]:
    """Thickness and diameter of a pellet whose measured ones are those of the table, each off by its uncertainty."""
    off = rng.normal(size=2)
    return {"thickness_um": thickness + 10.0 * float(off[0]), "diameter_mm": 10.0 + 0.05 * float(off[1])}


def files(seed: int) -> Iterator[SimulatedFile]:
    """One CHI text file per pellet, that of the blank, the polarisation record, one spectrum per temperature."""
    import numpy as np

    for number, (sample, (sigma, thickness, largest)) in enumerate(_PELLETS.items()):
        parameters = conductivity.Parameters(
            conductivity_s_per_cm=sigma,
            **_real(thickness, np.random.default_rng([seed, 110 + number])),
            contact_ohm=_CONTACT,
            largest_volt=largest,
            offset_volt=2e-4,
            sample=sample,
        )
        made = conductivity.simulate(parameters, np.random.default_rng([seed, 120 + number]))
        yield SimulatedFile(f"raw/conductivity/{_cell(sample)}.txt", chi.write(made))
    blank = conductivity.Parameters(conductivity_s_per_cm=1e9, contact_ohm=_CONTACT, largest_volt=2e-3)
    yield SimulatedFile(_BLANK, chi.write(conductivity.simulate(blank, np.random.default_rng([seed, 129]))))
    pellet = dataclasses.replace(_LPSC, **_real(_LPSC.thickness_um, np.random.default_rng([seed, 118])))
    record = polarisation.simulate(pellet, np.random.default_rng([seed, 350]))
    yield SimulatedFile("raw/polarisation/LPSC-pellet.txt", chi.write(record))
    blocked = dataclasses.replace(_BLOCKED, **_real(_BLOCKED.thickness_um, np.random.default_rng([seed, 119])))
    for number, degc in enumerate(_TEMPERATURES):
        own = dataclasses.replace(blocked, temperature_degc=float(degc))
        made = ionic_conductivity.simulate(own, np.random.default_rng([seed, 360 + number]))
        yield SimulatedFile(f"raw/ionic_conductivity/LPSC-steel_{degc}C.z", zplot.write(made))


TOPIC = Topic(
    raw=_RAW,
    settings=_SETTINGS,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
