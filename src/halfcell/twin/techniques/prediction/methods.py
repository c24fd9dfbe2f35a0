"""How predictions were made, for the methods section."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """One or two sentences on the predictions."""
    cards = list(dict.fromkeys(str(result.settings.get("card", "")) for result in results))
    named = f" ({', '.join(filter(None, cards))})" if any(cards) else ""
    text = (
        f"Discharges were predicted from cell cards{named} with a model of particles of several phases and sizes in "
        "each electrode, diffusion within them, charge transfer at their surfaces, and a series resistance; nothing "
        "was fitted to the data shown"
    )
    banded = any(row.get("predicted_capacity_low") is not None for result in results for row in result.rows)
    band = "; bands are the 5 and 95 % quantiles over the uncertainties of the cards" if banded else ""
    return f"{text}{band}."
