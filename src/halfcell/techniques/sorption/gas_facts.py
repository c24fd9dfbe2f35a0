"""What is known of an adsorptive at its temperature: cross-section, liquid, saturation pressure, and what is doubtful.

References
----------
ISO 9277:2022 (cross-sections of N2 0.162, Ar 0.142 at 87 K, Kr 0.202 nm2); M. Thommes et al., Pure Appl. Chem. 87
(2015) 1051 (argon at 77 K is 6.5 K below its triple point; CO2 at 273 K fills micropores); NIST Chemistry WebBook, SRD
69 (density of liquid argon at 87.30 K, 1.395 g/cm3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.maths import pores

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_TOLERANCE = 2.0  # K; a bath is within it, a temperature entered by hand for another gas is not
_TORR = 133.322  # Pa: 101325/760, by definition
_KRYPTON_LIQUID, _KRYPTON_SOLID = 2.63 * _TORR, 1.78 * _TORR  # Pa at 77.35 K: supercooled liquid, solid
_ARGON_LIQUID = 230.0 * _TORR  # Pa at 77.35 K, supercooled
_NITROGEN_KELVIN, _ATMOSPHERE = 77.35, 101325.0  # K and Pa, of the bath and the saturation of nitrogen
_KRYPTON_BETWEEN = 2.1 * _TORR  # between p0 of the solid and of the liquid: which of them a file states


@dataclass(frozen=True, kw_only=True)
class GasFacts:
    """Saturation pressure (Pa), cross-section (nm2; None: no BET area), cm3 of liquid per cm3 STP, and the doubts.

    Without the liquid there are no pore volumes.
    """

    kelvin: float
    saturation: float = 101325.0
    cross_section_nm2: float | None = None
    liquid_per_gas: float | None = None
    note: tuple[str, str] | None = None  # code and text of a doubt


_ARGON_77 = (
    "Argon at 77 K is below its triple point: its area depends on whether p0 is that of the solid or of the supercooled"
    " liquid and on the cross-section (0.138 nm2 taken), and it gives no pore volumes. Measure at 87 K."
)
_CO2_273 = "CO2 at 273 K fills micropores up to p/p0 = 0.03 and covers no surface: a BET area has no meaning."
_FACTS: dict[str, tuple[GasFacts, ...]] = {  # the first of each gas where the file has no temperature
    "N2": (GasFacts(kelvin=77.35, cross_section_nm2=0.162, liquid_per_gas=pores.LIQUID_PER_GAS),),
    "Ar": (
        GasFacts(kelvin=87.30, cross_section_nm2=0.142, liquid_per_gas=0.0012772),
        GasFacts(
            kelvin=77.35,
            saturation=_ARGON_LIQUID,
            cross_section_nm2=0.138,
            note=("argon_77", _ARGON_77),
        ),
    ),
    "Kr": (GasFacts(kelvin=77.35, saturation=_KRYPTON_LIQUID, cross_section_nm2=0.202),),
    "CO2": (
        GasFacts(kelvin=195.0, cross_section_nm2=0.170),
        GasFacts(
            kelvin=273.15,
            saturation=3.485e6,
            note=("co2_273", _CO2_273),
        ),
    ),
}


def gas(measurement: Measurement) -> str:
    """The formula of the adsorptive; nitrogen where the file names none."""
    return str(measurement.meta.get("adsorptive") or "N2")


def gas_facts(measurement: Measurement) -> GasFacts | None:
    """What is known of the adsorptive at the temperature nearest to that of the file; None for an unknown gas.

    Parameters
    ----------
    measurement
        Its gas and temperature (K).

    Returns
    -------
    GasFacts or None
        Saturation pressure (Pa), cross-section (nm2), liquid per gas.

    Source: ISO 9277:2022; M. Thommes et al., Pure Appl. Chem. 87 (2015) 1051.
    """
    known = _FACTS.get(gas(measurement))
    if known is None:
        return None
    kelvin = float(measurement.meta.get("temperature_kelvin") or known[0].kelvin)
    return min(known, key=lambda facts: abs(facts.kelvin - kelvin))


def gas_in_cold_volume(measurement: Measurement, nitrogen: float) -> float:
    """Gas at its saturation pressure in a volume that holds a given amount of nitrogen at 77 K and one atmosphere.

    It goes with p0/T: krypton at 77 K, at 2.6 torr, fills it with a three-hundredth.

    Parameters
    ----------
    measurement
        Its gas, temperature and saturation pressure.
    nitrogen
        cm3 STP.

    Returns
    -------
    float
        cm3 STP.

    Source: the law of ideal gases.
    """
    facts = gas_facts(measurement)
    kelvin = float(measurement.meta.get("temperature_kelvin") or (facts.kelvin if facts else _NITROGEN_KELVIN))
    known = measurement.meta.get("saturation_pascal")
    saturation = float(known) if known else facts.saturation if facts else _ATMOSPHERE
    return nitrogen * saturation / _ATMOSPHERE * _NITROGEN_KELVIN / kelvin


def doubts(measurement: Measurement) -> tuple[Note, ...]:
    """Doubts about the gas at its temperature, and about a temperature at which nothing is known of it."""
    facts = gas_facts(measurement)
    if facts is None:
        return ()
    kelvin = float(measurement.meta.get("temperature_kelvin") or facts.kelvin)
    notes = () if facts.note is None else (Note("doubt", *facts.note),)
    if abs(kelvin - facts.kelvin) <= _TOLERANCE:
        return notes
    name = gas(measurement)
    text = f"The file says {kelvin:g} K; BET area and pore volumes of {name} are those at {facts.kelvin:.0f} K."
    return (*notes, Note("doubt", "odd_temperature", text))


def krypton_scale(measurement: Measurement) -> tuple[float, str] | None:
    """Factor from the file's relative pressures to those over krypton's other phase, and what the file's are over.

    Krypton at 77 K is 38 K below its triple point; relative pressures are over the supercooled liquid by convention,
    but some instruments measure the saturation pressure of the solid.

    Parameters
    ----------
    measurement
        Its gas and saturation pressure (Pa).

    Returns
    -------
    tuple or None
        None for other gases.

    Source: ISO 9277:2022.
    """
    if gas(measurement) != "Kr":
        return None
    saturation = measurement.meta.get("saturation_pascal")
    liquid_over_solid = _KRYPTON_SOLID / _KRYPTON_LIQUID
    if saturation and float(saturation) < _KRYPTON_BETWEEN:
        return liquid_over_solid, f"solid krypton (p0 = {float(saturation) / _TORR:.3g} torr)"
    over = f" (p0 = {float(saturation) / _TORR:.3g} torr)" if saturation else ", as is the custom (the file has no p0)"
    return 1.0 / liquid_over_solid, f"supercooled liquid krypton{over}"
