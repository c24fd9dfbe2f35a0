"""Several spots of one sample: mean and standard deviation of each quantity over the spots."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.raman.result import RamanResult

_FEWEST: Final = 3  # spots, for a standard deviation that says something
_AVERAGED: Final = (
    *("Si.position", "Si.width", "Si.shift", "Si.broadening", "amorphous_area_share", "amorphous_fraction"),
    *("D.position", "D.width", "G.position", "G.width", "id_ig_area", "id_ig_height", "in_plane_size"),
)


def are_spots(measurements: Sequence[Measurement]) -> bool:
    """Whether measurements are spots of one sample: of one file (a map), or of files named with a `{spot}`.

    Parameters
    ----------
    measurements
        With their files and the tags of their names.

    Returns
    -------
    bool
        False for states of a series.

    Source: definition.
    """
    if len({measurement.where for measurement in measurements if measurement.where}) == 1:
        return True
    return all("spot" in measurement.meta.get("tags", {}) for measurement in measurements)


def with_means(results: Sequence[RamanResult]) -> tuple[RamanResult, ...]:
    """The results, each with the mean of every quantity over the spots and the standard deviation of the spots.

    A spot without a quantity (refused) does not count for it; a quantity of fewer than three spots has no mean.

    Parameters
    ----------
    results
        Spots of one sample.

    Returns
    -------
    tuple of RamanResult
        In their order, with ``mean.`` and the name of each quantity.

    Source: definition.
    """
    means: dict[str, Quantity] = {}
    counts: dict[str, int] = {}
    for name in _AVERAGED:
        found = [result.quantities[name] for result in results if name in result.quantities]
        if len(found) >= _FEWEST:
            values = np.array([quantity.value for quantity in found])
            std = float(np.std(values, ddof=1))
            means[f"mean.{name}"] = Quantity(float(values.mean()), found[0].unit, std, "spread over samples")
            counts[name] = len(found)
    if not means:
        return tuple(results)
    fewest, most = min(counts.values()), max(counts.values())
    shown = f"{most}" if fewest == most else f"{fewest} to {most}"
    text = f"means over {shown} of {len(results)} spots; their uncertainty is the standard deviation of the spots"
    note = Note("info", "spots", f"{text}, that of the mean is smaller by the root of their number")
    made = (dataclasses.replace(one, quantities={**one.quantities, **means}) for one in results)
    return tuple(dataclasses.replace(one, notes=(*one.notes, note)) for one in made)
