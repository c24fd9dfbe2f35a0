"""What a volumetric instrument records on a powder of known area and cylindrical mesopores (BET film and Kelvin)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.maths import monolayer, pores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_SECTION = 0.162  # nm2, nitrogen (IUPAC 2015)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A powder: flat area, C, lognormal cylinders (volume, mean diameter, geometric sd), micropores; noise, mistakes.

    `cold_volume_cm3` is an error of the free space (cm3 STP at the saturation pressure) and `mass_error_mg` one of the
    mass: the instrument states `mass_g`, the sample weighs as much more.

    The film on all walls is the BET isotherm up to p/p0 = 0.35 and Harkins and Jura's thickness above 0.5. A cylinder
    fills at the adsorption's meniscus (half the Kelvin factor) and empties at the desorption's. Its film has the area
    of its wall, so that the area that BET should find is known; with `curved` it is the annulus that BJH takes it for.
    """

    flat_area: float = 8.0
    c: float = 100.0
    pore_volume: float = 0.02
    pore_diameter_nm: float = 12.0
    pore_sd: float = 1.35
    micropore_volume: float = 0.0
    cold_volume_cm3: float = 0.0
    mass_error_mg: float = 0.0
    mass_g: float = 0.5
    noise_cm3: float = 0.005
    points: int = 45
    curved: bool = False
    title: str = "simulated powder"


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Record both branches of nitrogen at 77 K.

    Parameters
    ----------
    parameters
        Powder and mistakes.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``relative_pressure``, ``loading_cm3_stp_per_gram`` and ``branch`` (0 up, 1 down), shape (n,).

    Source: S. Brunauer, P. H. Emmett, E. Teller, J. Am. Chem. Soc. 60 (1938) 309 (film); L. H. Cohan, J. Am. Chem.
    Soc. 60 (1938) 433 (filling and emptying of cylinders).
    """
    up, down = _pressures(parameters.points)
    loading = np.concatenate(
        [true_loading(parameters, up, filling=True), true_loading(parameters, down, filling=False)]
    )
    weighed = 1.0 + 1e-3 * parameters.mass_error_mg / parameters.mass_g
    cold = parameters.cold_volume_cm3 * np.concatenate([up, down])
    loading = loading * weighed + (cold + rng.normal(0.0, parameters.noise_cm3, len(loading))) / parameters.mass_g
    columns = {
        "relative_pressure": np.concatenate([up, down]),
        "loading_cm3_stp_per_gram": np.clip(loading, 1e-6, None),
        "branch": np.concatenate([np.zeros(len(up)), np.ones(len(down))]),
    }
    meta = {
        "title": parameters.title,
        "adsorptive": "N2",
        "temperature_kelvin": 77.35,
        "sample_mass_gram": parameters.mass_g,
        "simulated": True,
        "vendor": {},
    }
    return Measurement(technique="sorption", columns=columns, meta=meta)


def _pressures(points: int) -> tuple[Array, Array]:
    """Relative pressures of adsorption (rising) and desorption (falling)."""
    low = np.geomspace(1e-3, 0.04, max(points // 6, 3))
    middle = np.linspace(0.05, 0.35, max(points // 3, 8))
    high = np.linspace(0.38, 0.99, max(points // 2, 8))
    down = np.linspace(0.975, 0.12, max(2 * points // 3, 12))
    return np.concatenate([low, middle, high]), down


def classes(parameters: Parameters) -> tuple[Array, Array]:
    """Lognormal radii of the cylinders, and their volumes.

    Parameters
    ----------
    parameters
        The powder.

    Returns
    -------
    radius, volume
        nm and cm3/g, shape (121,) each.

    Source: definition.
    """
    width = np.log(parameters.pore_sd)
    log = np.linspace(-3.0, 3.0, 121)
    weights = np.exp(-0.5 * log**2)
    radius = 0.5 * parameters.pore_diameter_nm * np.exp(log * width)
    return radius, parameters.pore_volume * weights / weights.sum()


def true_area(parameters: Parameters) -> float:
    r"""Area of the flat surface and of the cylinders' walls, :math:`a + \sum 2 V_i/r_i`.

    Parameters
    ----------
    parameters
        The powder.

    Returns
    -------
    float
        m2/g.

    Source: definition.
    """
    radius, volume = classes(parameters)
    return float(parameters.flat_area + np.sum(2e3 * volume / radius))


def film(parameters: Parameters, pressure: Array) -> Array:
    """Thickness of the film: the BET isotherm up to p/p0 = 0.35, Harkins and Jura from 0.5 on.

    Parameters
    ----------
    parameters
        The powder.
    pressure
        Relative pressures, shape (n,).

    Returns
    -------
    numpy.ndarray
        nm, shape (n,).

    Source: S. Brunauer, P. H. Emmett, E. Teller, J. Am. Chem. Soc. 60 (1938) 309; W. D. Harkins, G. Jura, ibid. 66
    (1944) 1366.
    """
    single = monolayer.bet_loading(pressure, 1.0, parameters.c) * _layer_nm()
    part = np.clip((pressure - 0.35) / 0.15, 0.0, 1.0)
    part = part * part * (3.0 - 2.0 * part)
    return np.asarray((1.0 - part) * single + part * pores.harkins_jura(pressure))


def _layer_nm() -> float:
    """Thickness (nm) of one monolayer as liquid: its gas volume a m2 times the liquid's share."""
    gas = 1.0 / monolayer.area(1.0, _SECTION)  # cm3 STP of a monolayer on 1 m2
    return gas * pores.LIQUID_PER_GAS * 1e3


def true_loading(parameters: Parameters, pressure: Array, *, filling: bool) -> Array:
    """Loading of flat surface, cylinders and micropores, while filling or emptying.

    Parameters
    ----------
    parameters
        The powder.
    pressure
        Relative pressures, shape (n,).
    filling
        Whether cylinders fill at half the Kelvin factor, or empty at the whole one.

    Returns
    -------
    numpy.ndarray
        cm3 STP/g, shape (n,).

    Source: L. H. Cohan, J. Am. Chem. Soc. 60 (1938) 433.
    """
    t = film(parameters, pressure)
    liquid = parameters.flat_area * t * 1e-3
    radius, volume = classes(parameters)
    kelvin = pores.kelvin_radius(pressure) * (0.5 if filling else 1.0)
    for r, v in zip(radius, volume, strict=True):
        full = r <= kelvin_limit(kelvin, t)
        wall = v * (1.0 - np.clip(1.0 - t / r, 0.0, None) ** 2) if parameters.curved else np.minimum(2.0 * v * t / r, v)
        liquid = liquid + np.where(full, v, wall)
    micro = parameters.micropore_volume * np.clip(pressure / (pressure + 1e-4), 0.0, 1.0)
    return np.asarray((liquid + micro) / pores.LIQUID_PER_GAS)


def kelvin_limit(kelvin: Array, thickness: Array) -> Array:
    """Radius up to which cylinders are full, :math:`r = r_K + t`.

    Parameters
    ----------
    kelvin, thickness
        Kelvin radius and film (nm), shape (n,).

    Returns
    -------
    numpy.ndarray
        nm, shape (n,).

    Source: E. P. Barrett, L. G. Joyner, P. P. Halenda, J. Am. Chem. Soc. 73 (1951) 373.
    """
    return np.asarray(kelvin + thickness)
