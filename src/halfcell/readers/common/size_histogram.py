"""Particle-size histograms as measurements, held against the vendor's own percentiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.maths import distribution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.result import Note

    Array = NDArray[np.float64]

_ALLOWED = 0.01  # a D50 that is further from the vendor's than this was read wrongly


def histogram(edges: Array, share: Array, meta: dict[str, Any], notes: tuple[Note, ...] = ()) -> Measurement:
    """A measurement from channel edges (um, one more than the shares) and shares; checked.

    Raises
    ------
    InputError
        If the edges do not rise, a share is negative or all are zero, or the median disagrees with the vendor's by
        more than 1 %: then the channels were read one off, or the basis is another.
    """
    edges, share = np.asarray(edges, dtype=float), np.asarray(share, dtype=float)
    _sane(edges, share)
    vendor = meta.get("vendor", {})
    if meta.get("basis", "volume") == "volume" and "d50" in vendor:
        found = float(distribution.percentiles(edges, share, np.array([0.5]))[0])
        off = found / float(vendor["d50"]) - 1.0
        if abs(off) > _ALLOWED:
            raise InputError(
                f"D50 from the channels is {found:.5g} um, the instrument's own {vendor['d50']:.5g} um ({off:+.1%})",
                str(meta.get("title", "")),
                "the channels are shifted (a value stands under its upper edge), or the basis is another",
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
        raise InputError(f"{len(share)} channels and {len(edges)} edges are no distribution")
    if not (np.all(np.isfinite(edges)) and np.all(np.isfinite(share))):
        raise InputError("a channel holds no number", hint="the file is damaged")
    if np.any(edges <= 0) or np.any(np.diff(edges) <= 0):
        raise InputError("the channels' sizes do not rise", hint="the file is damaged or of another layout")
    if np.any(share < -1e-9) or np.sum(share) <= 0:
        raise InputError("a share is negative, or all are zero", hint="the file is damaged or of another layout")
