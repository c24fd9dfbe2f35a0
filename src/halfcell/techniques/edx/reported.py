"""Amounts that the software of an instrument reports: carried as reported, and never mixed with our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.x_rays import element_of_number, x_ray_element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.edx.bulk import Share

_AMOUNT = re.compile(r"^\s*(?P<symbol>[A-Z][a-z]?)\s*=?\s*(?P<value>\d+\.?\d*)\s*(?P<unit>wt|at)\s*\.?\s*%\s*$")
_KINDS = {"wt%": "reported_weight_percent", "at%": "reported_atomic_percent", "k": "reported_k_ratio"}
_DECIMALS = {"wt%": 2, "at%": 2, "k": 4}
_APART = 3.0  # standard uncertainties between a reported amount and our own


def reported_amounts(measurement: Measurement, setting: Sequence[str]) -> dict[str, dict[str, float]]:
    """Element -> ``wt%``, ``at%`` or ``k`` -> value, from the file, or from the setting where that is given.

    Raises
    ------
    InputError
        If an amount of the setting cannot be read.
    """
    if setting:
        return _typed(setting)
    found: dict[str, dict[str, float]] = {}
    vendor = measurement.meta.get("vendor")
    for name, amounts in vendor.items() if isinstance(vendor, dict) else ():
        symbol = element_of_number(int(name)) if name.isdigit() else name
        if symbol and isinstance(amounts, dict):
            found[symbol] = {kind: float(value) for kind, value in amounts.items() if kind in _KINDS}
    return found


def _typed(texts: Sequence[str]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for text in texts:
        match = _AMOUNT.match(text)
        if not match:
            raise InputError(f"{text!r} is no amount", "reported", 'e.g. "Si = 45.2 wt%" or "Si = 38.1 at%"')
        if match["symbol"] != "Li":  # by other methods: no EDX sees it, but a table may hold it
            x_ray_element(match["symbol"])
        found.setdefault(match["symbol"], {})[f"{match['unit']}%"] = float(match["value"])
    return found


def reported_quantities(amounts: Mapping[str, Mapping[str, float]]) -> dict[str, Quantity]:
    """The amounts as quantities: without an uncertainty, which such tables do not state."""
    return {
        f"{symbol}.{_KINDS[kind]}": Quantity(value, "" if kind == "k" else kind, decimals=_DECIMALS[kind])
        for symbol, kinds in amounts.items()
        for kind, value in kinds.items()
    }


def reported_notes(amounts: Mapping[str, Mapping[str, float]], own: Mapping[str, Share]) -> Iterator[Note]:
    """That amounts were reported, and which of them are not our own within three uncertainties (wt%)."""
    if not amounts:
        return
    text = "Amounts that the instrument's software reports are carried as reported (its background, standards and"
    yield Note("info", "vendor_table", f"{text} corrections are not known): {', '.join(amounts)}.")
    apart = [
        f"{symbol} {kinds['wt%']:.1f} against {100.0 * own[symbol].value:.1f} wt%"
        for symbol, kinds in amounts.items()
        if "wt%" in kinds
        and symbol in own
        and abs(kinds["wt%"] / 100.0 - own[symbol].value) > _APART * max(own[symbol].std, 1e-6)
    ]
    if apart:
        text = (
            f"Reported and own amounts differ by more than three uncertainties: {', '.join(apart)}. Elements left out"
        )
        yield Note("doubt", "vendor_disagrees", f"{text} one list, other lines or standards are usual reasons.")
