"""Simulate a diffractogram: broadened phases, instrument, displacement, background, counting noise."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.materials.preferred_orientation import march_dollase
from halfcell.materials.reflections import B_ISO
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.pattern_model import PatternModel, prepare
from halfcell.maths.powder.phase_model import PhaseModel, StrainShape
from halfcell.maths.powder.reciprocal_grid import Radiation, emission
from halfcell.maths.powder.turbostratic_carbon import Bands
from halfcell.techniques.diffraction.radiation import TUBES
from halfcell.techniques.diffraction.scan import LABORATORY, Scan, lines_of
from halfcell.techniques.diffraction.turbostratic_carbon import D002_NM, STACK, stack

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.maths.powder.phase_lines import Lines

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Crystallites:
    """One crystalline phase of a simulated powder.

    `height` is that of its strongest line above the background, in counts; `column_length_nm` is L_V of lognormal
    spheres with standard deviation `sigma` of ln D (None: large crystals). `strain` is the rms microstrain, or
    breadth / 4 tan theta where its `strain_shape` is lorentzian; `cell_change` is the relative change of all cell
    lengths; `orientation` is March's r of crystals that lie on the face `axis`; `displacement_factor` is B of
    all atoms in angstrom^2.
    """

    phase: str
    height: float
    column_length_nm: float | None = None
    sigma: float = 0.3
    strain: float = 0.0
    strain_shape: StrainShape = "gaussian"
    cell_change: float = 0.0
    orientation: float = 1.0
    axis: tuple[int, int, int] = (0, 0, 1)
    displacement_factor: float = B_ISO


@dataclass(frozen=True, kw_only=True)
class Carbon:
    """Turbostratic carbon of a simulated powder: stacking distance, cell of the layers, L_V of the stacks, La.

    `height` is that of the (002) line and `band_height` that of the (10) band, in counts; the (11) band has a third of
    that height.
    """

    d002_angstrom: float = 3.62
    lc_nm: float = 1.3
    la_nm: float = 2.6
    a_angstrom: float = 2.435
    height: float = 900.0
    band_height: float = 160.0


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A powder on a diffractometer.

    `background` is (level, height, decay in degrees) of a constant plus an exponential of the angle above the start;
    `humps` are (centre, width, height) of amorphous halos; `displacement_degree` times cos(theta) is the shift of
    lines. `anode` is that of the tube, whose K-alpha-2 has `wavelength_ratio` of the intensity of K-alpha-1; with a
    `wavelength_angstrom` there is one line instead, polarised as at a synchrotron.
    """

    phases: tuple[Crystallites, ...] = (Crystallites(phase="Si", height=700.0, column_length_nm=12.0),)
    instrument: Instrument = LABORATORY
    start_degree: float = 20.0
    stop_degree: float = 95.0
    step_degree: float = 0.02
    displacement_degree: float = -0.02
    background: tuple[float, float, float] = (120.0, 400.0, 12.0)
    humps: tuple[tuple[float, float, float], ...] = ()
    carbon: Carbon | None = None
    sample: str = ""
    anode: str = "Cu"
    wavelength_angstrom: float | None = None
    wavelength_ratio: float = 0.5

    @property
    def radiation(self) -> Radiation:
        """The emission lines."""
        if self.wavelength_angstrom is not None:
            return Radiation(lines=((self.wavelength_angstrom / 10, 1.0),), monochromator=0.0)
        first, second = TUBES[self.anode]
        return emission(first / 10, second / 10, self.wavelength_ratio)


def expected(parameters: Parameters) -> tuple[Array, Array]:
    """Angles and expected counts without noise: lines of all phases, halos and background.

    Parameters
    ----------
    parameters
        Powder, diffractometer and scan.

    Returns
    -------
    two_theta, counts
        Degrees and counts, shape (n,) each.

    Source: as `phase_pattern`; halos and background are definitions.
    """
    count = round((parameters.stop_degree - parameters.start_degree) / parameters.step_degree) + 1
    x = np.asarray(parameters.start_degree + parameters.step_degree * np.arange(count), dtype=float)
    level, height, decay = parameters.background
    total = np.asarray(level + height * np.exp(-(x - x[0]) / decay))
    for centre, width, top in parameters.humps:
        total = total + top * np.exp(-4 * np.log(2) * ((x - centre) / width) ** 2)
    if parameters.carbon is not None:
        total = total + _carbon(parameters.carbon, parameters, x)
    for phase in parameters.phases:
        shape = phase_pattern(phase, parameters, x)
        total = total + phase.height * shape / shape.max()
    return x, total


def phase_pattern(phase: Crystallites, parameters: Parameters, x: Array) -> Array:
    """The pattern of one phase, with amplitude one of its calculated intensities.

    Parameters
    ----------
    phase
        Structure, sizes, strain and texture of its crystallites.
    parameters
        Diffractometer and scan.
    x
        Angles (degrees), shape (n,).

    Returns
    -------
    numpy.ndarray
        In the unit of the calculated intensities, shape (n,).

    Source: P. Scardi, M. Leoni, Acta Cryst. A58 (2002) 190, by the model that the analysis fits
    (`maths.powder.pattern_model`).
    """
    radiation = parameters.radiation
    data = Scan(two_theta=x, counts=x, variance=None, radiation=radiation)
    lines = _lines(phase, data)
    part = PhaseModel(
        lines=lines,
        size=phase.column_length_nm,
        sigma=phase.sigma,
        strain=phase.strain > 0,
        strain_shape=phase.strain_shape,
    )
    pattern = prepare(
        PatternModel(
            two_theta=x,
            radiation=radiation,
            instrument=parameters.instrument,
            phases=(part,),
            degree=0,
            shift_start=parameters.displacement_degree,
        )
    )
    values = dict(zip(pattern.names, pattern.start, strict=True))
    values |= {name: phase.cell_change for name in values if ".cell" in name}
    if phase.strain > 0:
        lorentzian = phase.strain_shape == "lorentzian"
        values[f"{phase.phase}.strain"] = 1e3 * phase.strain if lorentzian else phase.strain**2 * 1e6
    phi, _ = pattern.evaluate(np.array(list(values.values())))
    return np.asarray(phi[:, : part.lines.columns].sum(axis=1))


def _lines(phase: Crystallites, data: Scan) -> Lines:
    """The lines of a phase with the intensities that its orientation and displacement factor give them."""
    lines, listed = lines_of(phase.phase, data)
    if phase.orientation != 1.0:
        factor = march_dollase(phase.phase, listed.hkl, phase.axis, phase.orientation)
        lines = dataclasses.replace(lines, intensity=lines.intensity * factor)
    if phase.displacement_factor != B_ISO:
        factor = np.exp((B_ISO - phase.displacement_factor) / (2 * listed.spacing**2))
        lines = dataclasses.replace(lines, intensity=lines.intensity * factor)
    return lines


def _carbon(carbon: Carbon, parameters: Parameters, x: Array) -> Array:
    """(00l) lines and bands of turbostratic carbon."""
    radiation = parameters.radiation
    layers = Bands(a=carbon.a_angstrom / 10, la=carbon.la_nm)
    pattern = prepare(
        PatternModel(
            two_theta=x,
            radiation=radiation,
            instrument=parameters.instrument,
            phases=(stack(carbon.lc_nm),),
            degree=0,
            bands=layers,
            shift_start=parameters.displacement_degree,
        )
    )
    values = dict(zip(pattern.names, pattern.start, strict=True))
    values[f"{STACK}.cell0"] = carbon.d002_angstrom / (10 * D002_NM) - 1
    phi, _ = pattern.evaluate(np.array(list(values.values())))
    lines, band = phi[:, :2].sum(axis=1), phi[:, 3] + phi[:, 4] / 3
    return np.asarray(carbon.height * lines / lines.max() + carbon.band_height * band / band.max())


def _stated(parameters: Parameters) -> dict[str, Json]:
    """What a file would state of the radiation."""
    if parameters.wavelength_angstrom is not None:
        return {"wavelength_angstrom": parameters.wavelength_angstrom}
    first, second = TUBES[parameters.anode]
    return {
        "anode": parameters.anode,
        "wavelength_angstrom": first,
        "wavelength2_angstrom": second,
        "wavelength_ratio": parameters.wavelength_ratio,
    }


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """Record counts with Poisson noise.

    Parameters
    ----------
    parameters
        Powder, diffractometer and scan.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``two_theta_degree`` and ``intensity_count``, shape (n,).

    Raises
    ------
    InputError
        If a phase is unknown.

    Source: definition; `expected` is the mean.
    """
    x, total = expected(parameters)
    meta: dict[str, Json] = {
        "simulated": True,
        "sample": parameters.sample,
        **_stated(parameters),
        "counting_time_second": 1.0,
        "intensity_unit": "counts",
    }
    columns = {"two_theta_degree": x, "intensity_count": rng.poisson(total).astype(float)}
    return Measurement(technique="diffraction", columns=columns, meta=meta)
