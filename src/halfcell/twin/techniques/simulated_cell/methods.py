"""How a cell was simulated, for the methods section."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """One sentence on the simulations."""
    names = dict.fromkeys(str(result.settings.get("protocol", "cccv")) for result in results)
    return (
        f"Cells were simulated ({', '.join(names)}) with a model of particles of several phases and sizes in each "
        "electrode, diffusion, charge transfer at their surfaces, and a series resistance or an electrolyte, "
        "as their cards say."
    )
