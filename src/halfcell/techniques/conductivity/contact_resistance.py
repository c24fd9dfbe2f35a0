"""Contacts and leads in a resistance: subtracted where they are known, a bound where two wires leave them unknown."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.result import Note
from halfcell.techniques.conductivity.ohmic_range import ohmic_sweep

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.conductivity.result import Bound
    from halfcell.techniques.conductivity.settings import Settings

_REPEAT = 0.2  # how well contacts repeat, where it is not stated
_MATTERS = 0.05  # of the resistance: from here on what the contacts may have makes a bound


@dataclass(frozen=True, kw_only=True)
class Resistance:
    """A resistance (ohm) with its standard uncertainty, what a conductivity from it is, and what was noted."""

    value: float
    std: float
    bound: Bound = "value"
    notes: tuple[Note, ...] = ()


def blank_resistance(measurement: Measurement, settings: Settings) -> float:
    """The setting ``contact_resistance_ohm`` from a sweep without a pellet: contacts and leads."""
    sweep = ohmic_sweep(measurement, dataclasses.replace(settings, contact_resistance_ohm=None))
    return float(1 / sweep.line.values[1])


def without_contacts(total: float, std: float, settings: Settings, where: str) -> Resistance:
    """Subtract a blank, or say what unknown contacts make of a two-probe result.

    Raises
    ------
    Refused
        If nothing is left for the pellet.
    """
    known = settings.contact_resistance_ohm
    if settings.wires == 4:
        return Resistance(value=total, std=std)
    if known is None:
        return _two_probe(total, std, settings)
    unsure = _REPEAT * abs(known) if settings.contact_std_ohm is None else settings.contact_std_ohm
    left, spread = total - known, float(np.hypot(std, unsure))
    if left <= 2 * spread:
        text = f"{total:.4g} ohm are no more than the {known:.4g} ohm of the contacts: nothing is left for the pellet"
        raise Refused(text, where, "measure with four wires")
    text = f"{known:.3g} +- {unsure:.2g} ohm of contacts and leads were subtracted"
    return Resistance(value=left, std=spread, notes=(Note("info", "contacts_subtracted", text),))


def _two_probe(total: float, std: float, settings: Settings) -> Resistance:
    """What unknown contacts of up to the limit make of a resistance; the highest conductivity then is L/(A R_c)."""
    limit = settings.contact_limit_ohm
    share, cap = limit / total, settings.pellet.conductivity(limit, 0.0) if limit > 0 else None
    if share > _MATTERS:
        most = f" (this pellet cannot show more than {cap.value:.2g} S/cm then)" if cap else ""
        text = (
            f"two wires: contacts may have {limit:g} of the {total:.3g} ohm{most}, so this is a lower bound; "
            "measure with four wires, a blank or a series of thicknesses"
        )
        return Resistance(value=total, std=std, bound="lower", notes=(Note("doubt", "two_probe", text),))
    text = f"two wires: {limit:g} ohm of contacts would raise the conductivity by {100 * share:.2g} %"
    return Resistance(value=total, std=std, notes=(Note("info", "two_wires", text),))
