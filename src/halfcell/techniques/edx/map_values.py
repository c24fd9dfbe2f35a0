"""Maps of a measurement and the values that are derived from them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.edx.maps import Maps, correlation, element_maps, inhomogeneity, profile, scanned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.edx.lines import LineFamily
    from halfcell.techniques.edx.settings import Settings
    from halfcell.techniques.edx.spectrum import Fitted

_FEW = 4.0  # counts of an element per block below which a correlation is mostly noise, and is said to be


def mapped(measurement: Measurement, fitted: Fitted, counted: Sequence[LineFamily], settings: Settings) -> Maps | None:
    """Maps of the elements that are counted; None for a spectrum without a map.

    Raises
    ------
    InputError
        If a block or the line does not fit into the map.
    """
    if "count_map" not in measurement:
        return None
    whole = measurement["count_map"]
    rows, columns = scanned(whole)
    cube = whole[rows, columns]
    if not cube.size:
        return None
    if not settings.blocks or min(settings.blocks) < 1:
        raise InputError("a block has at least one pixel", "blocks")
    counts, variances = element_maps(measurement["energy_kiloelectronvolt"], cube, fitted, counted)
    height, width = (measurement.meta.get(f"pixel_{edge}_nm") for edge in ("height", "width"))
    pixel = (float(height), float(width)) if height and width else None
    line = None
    if settings.line is not None:
        ends = np.array(settings.line[:4]).reshape(2, 2)
        if ends.min() < 0 or (ends >= np.array(cube.shape[1::-1])).any():
            raise InputError("the line leaves the map", "line", f"it has {cube.shape[1]} columns, {cube.shape[0]} rows")
        line = profile(counts, settings.line, pixel)
    dropped = whole.shape[0] * whole.shape[1] - cube.shape[0] * cube.shape[1]
    return Maps(
        counts=counts, variances=variances, pixel=pixel, dropped=dropped, profile=line, block=settings.blocks[0]
    )


def map_quantities(maps: Maps, settings: Settings) -> dict[str, Quantity]:
    """Mean counts per pixel, inhomogeneity for each block, and correlations in the first."""
    made: dict[str, Quantity] = {}
    for symbol, counts in maps.counts.items():
        std = float(np.sqrt(maps.variances[symbol].sum())) / counts.size
        made[f"{symbol}.mean_counts"] = Quantity(float(counts.mean()), "", std, "counting noise")
        for place, edge in enumerate(settings.blocks):
            found = inhomogeneity(counts, maps.variances[symbol], edge)
            if found:
                name = f"{symbol}.variation" if place == 0 else f"{symbol}.{edge}.variation"
                made[name] = Quantity(100.0 * found[0], "%", 100.0 * found[1], "counting noise")
    for one, other in itertools.combinations(maps.counts, 2):
        value = correlation(maps.counts[one], maps.counts[other], settings.blocks[0])
        if value is not None:
            made[f"{one}-{other}.correlation"] = Quantity(value, "", decimals=2)
    return made


def map_notes(maps: Maps) -> Iterator[Note]:
    """What was left out of a map, and where counts are too few."""
    if maps.dropped:
        text = f"{maps.dropped} pixels at the edges of the map hold no counts: not scanned, left out."
        yield Note("info", "not_scanned", text)
    few = [s for s, counts in maps.counts.items() if counts.mean() * maps.block**2 < _FEW]
    if few:
        text = (
            f"Blocks of {maps.block} x {maps.block} pixels hold fewer than {_FEW:g} counts of {', '.join(few)}: noise"
        )
        yield Note("doubt", "few_counts", f"{text} hides its correlation; take larger blocks.")
