"""Particle-size histograms as measurements, checked against the instrument's own median."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.maths import size_distribution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.result import Note

    Array = NDArray[np.float64]

_ALLOWED = 0.01  # relative; a D50 that differs more from the instrument's was read wrongly


def histogram(edges: Array, share: Array, meta: dict[str, Json], notes: tuple[Note, ...] = ()) -> Measurement:
    """A measurement from channel edges (um, one more than the shares) and shares; checked.

    Raises
    ------
    InputError
        If the edges do not increase, a volume fraction is negative or all are zero, or the median differs from the
        instrument's by more than 1 %: then the channels are shifted by one, or the basis is another.
    """
    edges, share = np.asarray(edges, dtype=float), np.asarray(share, dtype=float)
    _sane(edges, share)
    vendor = meta.get("vendor", {})
    stated = vendor.get("d50") if isinstance(vendor, Mapping) else None
    if meta.get("basis", "volume") == "volume" and isinstance(stated, float | int):
        positive = size_distribution.positive_edges(edges)
        found = float(size_distribution.percentiles(positive, share, np.array([0.5]))[0])
        off = found / float(stated) - 1.0 if stated > 0 else np.inf
        if abs(off) > _ALLOWED:
            raise InputError(
                f"D50 from the channels is {found:.5g} um, that of the instrument {stated:.5g} um ({off:+.1%})",
                str(meta.get("title", "")),
                "channels may be shifted by one (values belong to their upper edge), or the basis may be another",
            )
    return Measurement(
        technique="particle_size",
        columns={
            "lower_size_micrometre": edges[:-1],
            "upper_size_micrometre": edges[1:],
            "share_percent": 100.0 * share / float(np.sum(share)),
        },
        meta={"basis": "volume", **meta},
        notes=notes,
    )


def _sane(edges: Array, share: Array) -> None:
    if len(share) < 3 or len(edges) != len(share) + 1:
        raise InputError(f"{len(share)} channels and {len(edges)} edges are not a distribution")
    if not (np.all(np.isfinite(edges)) and np.all(np.isfinite(share))):
        place = int(np.argmin(np.isfinite(share))) + 1
        raise InputError(f"channel {place} of {len(share)} contains a non-numeric value", hint="export it again")
    if edges[0] < 0 or np.any(edges[1:] <= 0) or np.any(np.diff(edges) <= 0):
        raise InputError("unknown layout: channel sizes must increase", hint="sort them from small to large")
    if np.any(share < -1e-9) or np.sum(share) <= 0:
        raise InputError(
            "unknown layout: a volume fraction is negative, or all are zero", hint="expected one share per channel"
        )
