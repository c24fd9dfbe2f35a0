"""What the figures and tables of voltammetry share: units of current and potential, captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.per_gram import printed_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.voltammetry.result import VoltammetryResult


def current_unit(results: Sequence[VoltammetryResult]) -> str:
    """The unit of all currents, as printed.

    Raises
    ------
    Refused
        If some are per gram and some are not.
    """
    return printed_unit(results, [result.current_unit for result in results], bare="mA")


def potential_unit(results: Sequence[VoltammetryResult]) -> str:
    """The unit of the potential, with the reference where it is that of all results."""
    units = {result.potential_unit for result in results}
    return units.pop() if len(units) == 1 else "V"


def caption_of(results: Sequence[VoltammetryResult]) -> str:
    """A caption: of which samples, at which scan rates."""
    rates = sorted({result["scan_rate"].number for result in results})
    names = ", ".join(result.label for result in results if result.label)
    return f"Cyclic voltammograms{f' of {names}' if names else ''} at {', '.join(rates)} mV s^{{-1}}."
