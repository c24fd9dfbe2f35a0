"""Settings of a predicted response: the cell card, and which part of its cell is tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings
from halfcell.twin.card import Card


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `predicted_response`.

    Parameters
    ----------
    card
        A file: the cell card.
    part
        What is tested: an electrode against lithium, or the whole cell (spectra only).
    active_mass_mg
        Mass (mg) of the measured electrode's active material, for currents per gram.
    discharged_percent
        State of a spectrum: how much of what the cell holds has been taken out.
    first_is_crystalline, sei_mah_per_g
        Of a voltammogram, as for ``halfcell twin predict --protocol voltammetry``.
    """

    card: Card | str | None = None
    part: Literal["anode", "cathode", "cell"] = "anode"
    active_mass_mg: float | None = None
    discharged_percent: float = 50.0
    first_is_crystalline: bool = True
    sei_mah_per_g: float = 0.0
