"""From histograms to percentiles, moments and modes; replicates are averaged as histograms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import size_distribution
from halfcell.techniques.particle_size.histograms import Histograms, basis_of, histograms
from halfcell.techniques.particle_size.result import ParticleSizeResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.particle_size.settings import Settings

    Array = NDArray[np.float64]
    Numbers = Mapping[str, float]

_PARTS = {"d10": 0.1, "d50": 0.5, "d90": 0.9}
_AGREES = 0.01  # relative: further from the instrument's own percentile is a doubt
_SAME = 1.1  # ratio of medians up to which records of different names may be one product
_UNSTABLE = 0.05  # relative spread of D50 over replicates


def analyse(measurement: Measurement, settings: Settings) -> ParticleSizeResult:
    """Percentiles D10, D50, D90, span, D[4,3], D[3,2] and modes of a size_distribution.

    Replicates (column ``record_count``) are averaged as histograms, never as percentiles; the standard uncertainty is
    then their spread, else half the difference between two ways to interpolate.

    Raises
    ------
    InputError
        If no record has the name that is set, sizes do not rise, or shares sum to zero.
    Refused
        If records of different names differ in size by more than replicates would: they are different products.
    """
    records = histograms(measurement, settings)
    edges = records.edges
    found = [_numbers(edges, share) for share in records.shares]
    _must_be_one_product(records, found, measurement.where)
    share = np.mean([s / s.sum() for s in records.shares], axis=0) * 100.0
    values = _numbers(edges, share)
    quantities = {name: _quantity(name, values[name], edges, share, [f[name] for f in found]) for name in values}
    modes = size_distribution.modes(edges, share, settings.prominence)
    return ParticleSizeResult(
        technique="particle_size",
        quantities=quantities | {"mode_count": Quantity(float(len(modes)), "", decimals=0)},
        rows=tuple({"mode": i, "size": mode.size, "share": 100.0 * mode.share} for i, mode in enumerate(modes, 1)),
        notes=tuple(_notes(records, values, found, settings)),
        simulated=measurement.is_simulated,
        edges=edges,
        share=share,
        replicates=records.shares if len(records.shares) > 1 else (),
        basis=settings.basis,
    )


def _numbers(edges: Array, share: Array) -> dict[str, float]:
    sizes = size_distribution.percentiles(edges, share, np.array(list(_PARTS.values())))
    values = dict(zip(_PARTS, map(float, sizes), strict=True))
    values["d43"] = size_distribution.moment_mean(edges, share, 4, 3)
    values["d32"] = size_distribution.moment_mean(edges, share, 3, 2)
    values["span"] = (values["d90"] - values["d10"]) / values["d50"]
    return values


def _quantity(name: str, value: float, edges: Array, share: Array, replicates: Sequence[float]) -> Quantity:
    unit = "" if name == "span" else "um"
    if len(replicates) > 1:
        return Quantity(value, unit, float(np.std(replicates, ddof=1)), "spread over samples")
    if name in _PARTS:
        straight = size_distribution.percentiles(edges, share, np.array([_PARTS[name]]), smooth=False)
        return Quantity(value, unit, abs(float(straight[0]) - value) / 2.0 + 1e-4 * value, "spread over models")
    return Quantity(value, unit, decimals=None if name != "span" else 2)


def _must_be_one_product(records: Histograms, found: Sequence[Numbers], where: str) -> None:
    """Refuse to average records that are named differently and differ in size."""
    medians: dict[str, list[float]] = {}
    for meta, values in zip(records.metas, found, strict=True):
        medians.setdefault(str(meta.get("title", "")), []).append(values["d50"])
    means = {title: float(np.mean(values)) for title, values in medians.items()}
    if max(means.values()) <= _SAME * min(means.values()):
        return
    named = [f"{title or 'no name'} ({size:.3g} um)" for title, size in sorted(means.items(), key=lambda item: item[1])]
    shown = ", ".join(named if len(named) < 7 else [*named[:5], "...", named[-1]])
    what = f"records of {len(named)} products are no replicates; their D50: {shown}"
    raise Refused(what, where, f'choose one by the setting record, such as record = "{next(iter(means))}"')


def _notes(records: Histograms, values: Numbers, found: Sequence[Numbers], settings: Settings) -> Iterator[Note]:
    titles = list(dict.fromkeys(str(meta.get("title", "")) for meta in records.metas))
    if len(titles) > 1:
        text = f"Records of different names are averaged: {', '.join(titles[:6])}{' ...' if len(titles) > 6 else ''}."
        yield Note("doubt", "different_names", text)
    yield from _beside_vendor(records, values, settings)
    spread = float(np.std([f["d50"] for f in found]) / values["d50"])
    if len(found) > 1 and spread > _UNSTABLE:
        text = f"D50 varies by {spread:.1%} over {len(found)} records: the sample (de)agglomerates or is not mixed."
        yield Note("doubt", "unstable_dispersion", text)
    if any(basis_of(meta) != settings.basis for meta in records.metas):
        measured, which = ("volume", "finest") if settings.basis == "number" else ("number", "coarsest")
        text = f"The distribution by {settings.basis} was converted from one by {measured}, which magnifies"
        yield Note("doubt", "converted_basis", f"{text} the errors of the {which} channels by the cube of the size.")


def _beside_vendor(records: Histograms, values: Numbers, settings: Settings) -> Iterator[Note]:
    """Percentiles of a single record by volume that differ from those of the instrument's software."""
    if len(records.metas) > 1 or not settings.basis == basis_of(records.metas[0]) == "volume":
        return
    vendor = records.metas[0].get("vendor", {})
    for name in (name for name in _PARTS if name in vendor):
        off = values[name] / float(vendor[name]) - 1.0
        if abs(off) > _AGREES:
            text = f"{name.upper()} {values[name]:.4g} um is {off:+.1%} from that of the instrument's software,"
            yield Note("doubt", "vendor_disagrees", f"{text} {vendor[name]:.4g} um.")
