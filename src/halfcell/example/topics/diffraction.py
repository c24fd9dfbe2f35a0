"""Example raw files of X-ray diffraction: simulated diffractograms of powders and electrodes, and an LaB6 standard."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.materials.phases import phase
from halfcell.readers.diffraction import bruker_uxd, panalytical_xrdml
from halfcell.techniques.diffraction import Carbon, Crystallites, Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator

    from halfcell.core.measurement import Measurement

_RAW = {"xrd": ["raw/xrd/{sample}.xrdml", "raw/xrd/{sample}.uxd", "raw/xrd_states/{sample}_?_{state}.xrdml"]}
STANDARD = "raw/xrd_standard/LaB6.xrdml"
_SETTINGS = {"xrd": {"instrument": STANDARD, "phases": ["Si"]}}

_SCHERRER = 0.9 / 0.776058  # K = 0.9 over FWHM x L_V of lognormal spheres with sigma 0.3
_TIN = (31.5, 6.5, 90.0)  # amorphous tin: centre, width (degrees), counts

# L_V of Si (nm) over the tin content (wt%); no sizes are printed in the document, only bars
_SN_SERIES = {5: 13.1, 10: 10.5, 15: 9.4, 20: 8.7}
# silicide -> (its phase, L_V of Si in nm and counts of the silicide's strongest line over its content in wt%)
_SILICIDES: dict[str, tuple[str, dict[int, tuple[float, float]]]] = {
    "FeSi2": ("beta-FeSi2", {10: (9.8, 60.0), 20: (8.9, 120.0), 30: (8.1, 190.0)}),
    "CoSi2": ("CoSi2", {10: (9.3, 180.0), 20: (7.9, 370.0), 30: (6.9, 560.0)}),
    "NiSi2": ("NiSi2", {10: (9.6, 170.0), 20: (8.4, 350.0), 30: (7.6, 530.0)}),
}
_CARBON = Carbon(d002_angstrom=3.62, lc_nm=1.3, la_nm=2.6, a_angstrom=2.435)
_ZERO_DEGREE = 0.01  # standard deviation of the zero of the goniometer
_ARGYRODITE = 9.853  # a of Li6PS5Cl with some Cl/S disorder, angstrom


def _of(phase: str, height: float, length: float) -> Crystallites:
    return Crystallites(phase=phase, height=height, column_length_nm=length)


def _powder(*phases: Crystallites, tin: float = 0.0) -> Parameters:
    """A powder with amorphous tin (wt%)."""
    halo = ((_TIN[0], _TIN[1], _TIN[2] * tin / 10),) if tin else ()
    return Parameters(phases=phases, humps=halo)


_POWDERS: dict[str, Parameters] = {
    "Si/Al-10": _powder(_of("Si", 900, 11.2), _of("Al", 260, 22)),
    "Si/Zn-10": _powder(_of("Si", 900, 10.9), _of("Zn", 330, 20)),
    **{f"Si/Sn-{tin}": _powder(_of("Si", 900, length), tin=tin) for tin, length in _SN_SERIES.items()},
    "Si/CoSi2": _powder(_of("Si", 800, 9.6), _of("CoSi2", 420, 9.0)),
    **{
        f"Si/a-Sn/{silicide}-{content}": _powder(_of("Si", 900, length), _of(phase, height, 9.0), tin=10)
        for silicide, (phase, series) in _SILICIDES.items()
        for content, (length, height) in series.items()
    },
    "FeSi2": _powder(_of("beta-FeSi2", 500, 12)),
    "CoSi2": _powder(_of("CoSi2", 900, 11)),
    "NiSi2": _powder(_of("NiSi2", 900, 11)),
    "PVC-pyrolyzed carbon": Parameters(
        phases=(),
        carbon=_CARBON,
        start_degree=10.0,
        stop_degree=90.0,
        displacement_degree=0.0,
        background=(60, 300, 6),
    ),
    "LPSC": Parameters(
        phases=(
            dataclasses.replace(_of("Li6PS5Cl", 900, 60), cell_change=_ARGYRODITE / 9.859 - 1),
            _of("Li2S", 60, 25),
            _of("LiCl", 50, 25),
        ),
        start_degree=12.0,
        stop_degree=80.0,
        humps=((20.0, 7.0, 120.0),),  # Kapton window
    ),
}

_COPPER = _of("Cu", 1500, 60)
# sample -> state -> phases with counts and L_V, amorphous halos (centre, width, counts)
_STATES: dict[str, dict[str, tuple[tuple[Crystallites, ...], tuple[tuple[float, float, float], ...]]]] = {
    "Si/a-Sn/CoSi2/G/C": {
        "pristine": ((_of("Si", 500, 8.5), _of("CoSi2", 250, 9), _of("graphite", 700, 25)), ()),
        "0.01_V": ((_of("CoSi2", 245, 9), _of("LiC6", 420, 18)), ((22.0, 9.0, 90.0),)),
        "2.0_V": ((_of("CoSi2", 250, 9), _of("graphite", 520, 22)), ((26.0, 8.0, 70.0),)),
    },
    "Sn": {
        "pristine": ((_of("beta-Sn", 1100, 45),), ()),
        "0.01_V": ((_of("Li17Sn4", 420, 12),), ()),
        "2.0_V": ((_of("beta-Sn", 480, 16),), ((31.5, 7.0, 60.0),)),
    },
}

_SAMPLES = (*({"name": name} for name in _POWDERS), *({"name": name} for name in _STATES))

_ITEMS = """
[[figure]]
id = "S3"
caption = "Average size of Si crystallites in Si/Sn composites calculated using the Scherrer equation, and from the whole pattern."
technique = "xrd"
show = "crystallite size"
samples = ["Si/Sn-5", "Si/Sn-10", "Si/Sn-15", "Si/Sn-20"]
set = { absent = ["beta-Sn"] }

[[figure]]
id = "S6"
caption = "XRD pattern of the Si/CoSi2 composite synthesized via high-power MM: a pattern with the phases identified, b fit of the whole pattern."
columns = 1
width_mm = 140
panels = [
  { technique = "xrd", show = "pattern", samples = ["Si/CoSi2"], set = { phases = [], elements = ["Si", "Co", "Fe", "Ni"] } },
  { technique = "xrd", show = "fit", samples = ["Si/CoSi2"], set = { phases = [], elements = ["Si", "Co", "Fe", "Ni"] } },
]

[[figure]]
id = "S10"
caption = "Average sizes of Si crystallites in Si/a-Sn/TMS composites over the silicide's content: a Si/a-Sn/FeSi2, b Si/a-Sn/CoSi2, c Si/a-Sn/NiSi2. Single lines overlap with those of the silicide, so the sizes to trust are those of the whole pattern."
columns = 3
width_mm = 180
axes = { y = { limits = [0, 14] } }
panels = [
  { technique = "xrd", show = "crystallite size", samples = ["Si/a-Sn/FeSi2-10", "Si/a-Sn/FeSi2-20", "Si/a-Sn/FeSi2-30"], title = "Si/a-Sn/FeSi2", set = { phases = ["Si", "beta-FeSi2"] } },
  { technique = "xrd", show = "crystallite size", samples = ["Si/a-Sn/CoSi2-10", "Si/a-Sn/CoSi2-20", "Si/a-Sn/CoSi2-30"], title = "Si/a-Sn/CoSi2", set = { phases = ["Si", "CoSi2"] } },
  { technique = "xrd", show = "crystallite size", samples = ["Si/a-Sn/NiSi2-10", "Si/a-Sn/NiSi2-20", "Si/a-Sn/NiSi2-30"], title = "Si/a-Sn/NiSi2", set = { phases = ["Si", "NiSi2"] } },
]

[[figure]]
id = "S11"
caption = "XRD patterns of high-power MM-derived FeSi2, CoSi2, and NiSi2; the phases were identified."
technique = "xrd"
show = "pattern"
samples = ["FeSi2", "CoSi2", "NiSi2"]
set = { phases = [], elements = ["Si", "Fe", "Co", "Ni"] }

[[figure]]
id = "S21"
caption = "XRD pattern of the PVC-pyrolyzed carbon: stacking line and two-dimensional bands of turbostratic carbon."
technique = "xrd"
show = "fit"
samples = ["PVC-pyrolyzed carbon"]
set = { phases = [], carbon = true }

[[figure]]
id = "S25"
caption = "Ex situ XRD patterns of the Si/a-Sn/CoSi2/G/C anode at the pristine state, fully lithiated state (0.01 V), and delithiated state (2.0 V)."
technique = "xrd"
show = "pattern"
samples = ["Si/a-Sn/CoSi2/G/C"]
set = { phases = ["Si", "CoSi2", "graphite", "LiC6"], holder = ["Cu"] }
"""  # noqa: E501


def _truth() -> Iterator[Truth]:
    for name, powder in _POWDERS.items():
        silicon = [p.column_length_nm for p in powder.phases if p.phase == "Si" and p.column_length_nm]
        yield from _of_phases(name, powder.phases, f"raw/xrd/{_plain(name)}.*")
        if silicon and len(powder.phases) == 1:
            yield Truth(name, "diffraction", "Si.scherrer_size", silicon[0] * _SCHERRER, "nm")
    yield Truth("PVC-pyrolyzed carbon", "diffraction", "carbon.d002", _CARBON.d002_angstrom, "angstrom")
    yield Truth("PVC-pyrolyzed carbon", "diffraction", "carbon.lc", _CARBON.lc_nm, "nm")
    yield Truth("PVC-pyrolyzed carbon", "diffraction", "carbon.la", _CARBON.la_nm, "nm")
    for name, states in _STATES.items():
        for state, (phases, _) in states.items():
            yield from _of_phases(name, (*phases, _COPPER), f"raw/xrd_states/{_plain(name)}_?_{state}.xrdml")


def _of_phases(name: str, phases: Sequence[Crystallites], file: str) -> Iterator[Truth]:
    """Size, spread of sizes and lattice parameter a of each phase."""
    for one in phases:
        if one.column_length_nm:
            yield Truth(name, "diffraction", f"{one.phase}.column_length", one.column_length_nm, "nm", file)
            yield Truth(name, "diffraction", f"{one.phase}.size_sigma", one.sigma, "", file)
        a = phase(one.phase).cell[0] * (1.0 + one.cell_change)
        yield Truth(name, "diffraction", f"{one.phase}.lattice_a", a, "angstrom", file)


def _plain(name: str) -> str:
    return name.replace("/", "_").replace(" ", "_")


_TRUTH = tuple(_truth())


def files(seed: int) -> Iterator[SimulatedFile]:
    """One PANalytical XRDML file per powder and state (of LPSC a Bruker UXD), and that of the standard."""
    import numpy as np

    standard = Parameters(
        phases=(Crystallites(phase="LaB6", height=20000.0),),
        stop_degree=120.0,
        displacement_degree=0.01,
        sample="LaB6 660c",
    )
    yield SimulatedFile(STANDARD, panalytical_xrdml.write(simulate(standard, np.random.default_rng([seed, 500]))))
    for number, (name, powder) in enumerate(_POWDERS.items()):
        rng = np.random.default_rng([seed, 501 + number])
        measurement = _off_zero(simulate(dataclasses.replace(powder, sample=name), rng), rng)
        writer, suffix = (bruker_uxd, "uxd") if name == "LPSC" else (panalytical_xrdml, "xrdml")
        yield SimulatedFile(f"raw/xrd/{_plain(name)}.{suffix}", writer.write(measurement))
    number = 560
    for name, states in _STATES.items():
        for order, (state, (phases, halos)) in enumerate(states.items(), start=1):
            number += 1
            electrode = Parameters(phases=(*phases, _COPPER), humps=halos, displacement_degree=0.05, sample=name)
            rng = np.random.default_rng([seed, number])
            measurement = _off_zero(simulate(electrode, rng), rng)
            yield SimulatedFile(
                f"raw/xrd_states/{_plain(name)}_{order}_{state}.xrdml", panalytical_xrdml.write(measurement)
            )


def _off_zero(measurement: Measurement, rng: Generator) -> Measurement:
    """The pattern on a goniometer whose zero has moved since the standard was measured."""
    shifted = measurement["two_theta_degree"] + _ZERO_DEGREE * float(rng.standard_normal())
    return dataclasses.replace(measurement, columns={**measurement.columns, "two_theta_degree": shifted})


TOPIC = Topic(
    raw=_RAW,
    settings=_SETTINGS,
    samples=_SAMPLES,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
