"""How responses were predicted, for the methods section."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """One sentence on the predictions."""
    cards = list(dict.fromkeys(str(result.settings.get("card", "")) for result in results))
    named = f" ({', '.join(filter(None, cards))})" if any(cards) else ""
    return (
        f"Voltammograms and spectra were predicted from cell cards{named} at the scan rates and frequencies of the "
        "measurements with a model of particles of several phases and sizes in each electrode; nothing was fitted to "
        "the data shown."
    )
