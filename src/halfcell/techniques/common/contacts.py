"""Contacts and leads in a pellet's resistance: subtracted where they are known, a bound or an uncertainty where not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.result import Note

if TYPE_CHECKING:
    from halfcell.techniques.common.pellet import Pellet
    from halfcell.techniques.common.pellet_conductivity import Bound

_REPEAT = 0.2  # how well contacts repeat, where it is not stated
_MATTERS = 0.05  # of the resistance: from here on what the contacts may have makes a bound
_APART = 4  # wires: voltage and current have contacts of their own


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """Two or four wires; the resistance (ohm) of a blank with its uncertainty, or the most that contacts may have."""

    wires: Literal[2, 4] = 2
    known_ohm: float | None = None
    known_std_ohm: float | None = None
    limit_ohm: float = 0.1


@dataclass(frozen=True, kw_only=True)
class Resistance:
    """A resistance (ohm) with its standard uncertainty, what a conductivity from it is, and what was noted."""

    value: float
    std: float
    bound: Bound = "value"
    notes: tuple[Note, ...] = ()


def without_contacts(total: float, std: float, contacts: Contacts, pellet: Pellet, where: str) -> Resistance:
    """Subtract a blank, or say what unknown contacts make of a two-probe result.

    Unknown contacts that matter by less than 5 % are anywhere between zero and the limit: limit/sqrt(3) is their rms
    and enters the uncertainty.

    Parameters
    ----------
    total, std
        The measured resistance and its standard uncertainty, ohm.
    contacts
        Two or four wires, and the resistance of a blank (ohm) with its uncertainty, or the most that contacts may
        have.
    pellet
        What the resistance is that of.
    where
        The file, for the error.

    Returns
    -------
    Resistance
        Ohm, with its standard uncertainty; whether it is a value or a bound.

    Raises
    ------
    Refused
        If nothing is left for the pellet.

    Source: JCGM 100:2008 (GUM), 4.3.7 for the limit and 5.1.2 for the sum; the limit of 5 % is a procedure of this
    package.
    """
    known = contacts.known_ohm
    if contacts.wires == _APART:
        return Resistance(value=total, std=std)
    if known is None:
        return _two_probe(total, std, contacts, pellet)
    unsure = _REPEAT * abs(known) if contacts.known_std_ohm is None else contacts.known_std_ohm
    left, spread = total - known, float(np.hypot(std, unsure))
    if left <= 2 * spread:
        text = f"{total:.4g} ohm are no more than the {known:.4g} ohm of the contacts: nothing is left for the pellet"
        raise Refused(text, where, "measure with four wires")
    text = f"{known:.3g} +- {unsure:.2g} ohm of contacts and leads were subtracted"
    return Resistance(value=left, std=spread, notes=(Note("info", "contacts_subtracted", text),))


def _two_probe(total: float, std: float, contacts: Contacts, pellet: Pellet) -> Resistance:
    """What unknown contacts of up to the limit make of a resistance; the highest conductivity then is L/(A R_c)."""
    limit = contacts.limit_ohm
    share, cap = limit / total, pellet.conductivity(limit, 0.0) if limit > 0 else None
    if share > _MATTERS:
        most = f" (this pellet cannot show more than {cap.value:.2g} S/cm then)" if cap else ""
        text = (
            f"two wires: contacts may have {limit:g} of the {total:.3g} ohm{most}, so this is a lower bound; "
            "measure with four wires, a blank or a series of thicknesses"
        )
        return Resistance(value=total, std=std, bound="lower", notes=(Note("doubt", "two_probe", text),))
    text = (
        f"two wires: {limit:g} ohm of contacts would raise the conductivity by {100 * share:.2g} %; in its uncertainty"
    )
    spread = float(np.hypot(std, limit / np.sqrt(3)))
    return Resistance(value=total, std=spread, notes=(Note("info", "two_wires", text),))
