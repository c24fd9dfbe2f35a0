"""The scale of currents and charges: per gram of active material, or mA and mAh where no mass is known."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.result import Note


@dataclass(frozen=True)
class CurrentScale:
    """`factor` converts A to `unit` and Ah to `charge_unit`; the notes name the mass or say why there is none."""

    factor: float
    unit: str
    notes: tuple[Note, ...]

    @property
    def per_gram(self) -> bool:
        """Whether currents are per gram."""
        return self.unit == "mA/g"

    @property
    def charge_unit(self) -> str:
        """The unit of charges."""
        return "mAh/g" if self.per_gram else "mAh"


def scale_of(mass_mg: float | None) -> CurrentScale:
    """The scale for an active mass (mg).

    Parameters
    ----------
    mass_mg
        mg; None where it is not known.

    Returns
    -------
    CurrentScale
        What turns A into mA/g, or into mA without a mass above zero.

    Source: definition.
    """
    if mass_mg is None:
        return CurrentScale(
            1e3, "mA", (Note("info", "current_not_per_gram", "currents are in mA: the mass is not known"),)
        )
    if mass_mg <= 0:
        text = f"no current per gram: a mass of {mass_mg:g} mg is impossible"
        return CurrentScale(1e3, "mA", (Note("refused", "mass_unphysical", text),))
    text = f"currents are per gram of active material ({mass_mg:g} mg)"
    return CurrentScale(1e6 / mass_mg, "mA/g", (Note("info", "mass_basis", text),))
