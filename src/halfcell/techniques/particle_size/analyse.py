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
    from typing import Any

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.particle_size.settings import Settings

    Array = NDArray[np.float64]
    Numbers = Mapping[str, float]

_PARTS = {"d10": 0.1, "d50": 0.5, "d90": 0.9}
_AGREES = 0.01  # relative: further from the instrument's own percentile is a doubt
_SAME = 1.1  # ratio of medians up to which records of different names may be one product
_UNSTABLE = 0.05  # relative spread of D50 over replicates
_FIGURES = 3  # significant, of a number whose repeatability is not known
_OPTICS = {
    "particle_refractive_index": "refractive index of the particles",
    "particle_absorption_index": "absorption",
    "dispersant_refractive_index": "of the dispersant",
    "obscuration_percent": "obscuration (%)",
    "residual_percent": "residual (%)",
}
_LISTED = 7  # products that are all named
_TITLES = 6  # that a note lists


def analyse(measurement: Measurement, settings: Settings) -> ParticleSizeResult:
    """Percentiles D10, D50, D90, span, D[4,3], D[3,2] and modes of a size distribution.

    Replicates (column ``record_count``) are averaged as histograms, never as percentiles; the standard uncertainty is
    then their spread. Of a single record it is the repeatability that is set; without one there is none, since how a
    sample is drawn and dispersed, not how percentiles are read, decides it.

    Parameters
    ----------
    measurement
        Channel edges (um) and shares (%) of each record, and the instrument's own percentiles where it states them.
    settings
        Which record, its repeatability, and what sizes are of.

    Returns
    -------
    ParticleSizeResult
        Percentiles and moments (um), span, modes, and the mean histogram.

    Raises
    ------
    InputError
        If no record has the name that is set, sizes do not rise, or shares sum to zero.
    Refused
        If records of different names differ in size by more than replicates would: they are different products.

    Source: ISO 9276-2:2014.
    """
    records = histograms(measurement, settings)
    edges = records.edges
    found = [_numbers(edges, share) for share in records.shares]
    _must_be_one_product(records, found, measurement.where)
    share = np.mean([s / s.sum() for s in records.shares], axis=0) * 100.0
    values = _numbers(edges, share)
    quantities = {name: _quantity(name, values[name], [f[name] for f in found], settings) for name in values}
    modes = size_distribution.modes(edges, share, settings.prominence)
    return ParticleSizeResult(
        technique="particle_size",
        quantities=quantities | {"mode_count": Quantity(float(len(modes)), "", decimals=0)},
        rows=tuple({"mode": i, "size": mode.size, "share": 100.0 * mode.share} for i, mode in enumerate(modes, 1)),
        notes=tuple(_notes(records, values, found, share, settings)),
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


def _quantity(name: str, value: float, replicates: Sequence[float], settings: Settings) -> Quantity:
    """A number with the spread over replicates, or the repeatability that is set; else in three figures without one."""
    unit = "" if name == "span" else "um"
    if len(replicates) > 1:
        return Quantity(value, unit, float(np.std(replicates, ddof=1)), "spread over samples")
    if settings.repeatability_percent is not None and name != "span":
        return Quantity(value, unit, 0.01 * settings.repeatability_percent * value, "spread over samples")
    figures = 2 if name == "span" else max(_FIGURES - 1 - int(np.floor(np.log10(value))), 0)
    return Quantity(value, unit, decimals=figures)


def _must_be_one_product(records: Histograms, found: Sequence[Numbers], where: str) -> None:
    """Refuse to average records that are named differently and differ in size."""
    medians: dict[str, list[float]] = {}
    for meta, values in zip(records.metas, found, strict=True):
        medians.setdefault(str(meta.get("title", "")), []).append(values["d50"])
    means = {title: float(np.mean(values)) for title, values in medians.items()}
    if max(means.values()) <= _SAME * min(means.values()):
        return
    named = [f"{title or 'no name'} ({size:.3g} um)" for title, size in sorted(means.items(), key=lambda item: item[1])]
    shown = ", ".join(named if len(named) < _LISTED else [*named[:5], "...", named[-1]])
    what = f"records of {len(named)} products are no replicates; their D50: {shown}"
    raise Refused(what, where, f'choose one by the setting record, such as record = "{next(iter(means))}"')


def _notes(
    records: Histograms, values: Numbers, found: Sequence[Numbers], share: Array, settings: Settings
) -> Iterator[Note]:
    titles = list(dict.fromkeys(str(meta.get("title", "")) for meta in records.metas))
    if len(titles) > 1:
        more = " ..." if len(titles) > _TITLES else ""
        text = f"Records of different names are averaged: {', '.join(titles[:_TITLES])}{more}."
        yield Note("doubt", "different_names", text)
    yield from _beside_vendor(records, values, settings)
    yield from _about_the_record(records, share, settings)
    spread = float(np.std([f["d50"] for f in found]) / values["d50"])
    if len(found) > 1 and spread > _UNSTABLE:
        text = f"D50 varies by {spread:.1%} over {len(found)} records: the sample (de)agglomerates or is not mixed."
        yield Note("doubt", "unstable_dispersion", text)
    if any(basis_of(meta) != settings.basis for meta in records.metas):
        measured, which = ("volume", "finest") if settings.basis == "number" else ("number", "coarsest")
        text = f"The distribution by {settings.basis} was converted from one by {measured}, which magnifies"
        yield Note("doubt", "converted_basis", f"{text} the errors of the {which} channels by the cube of the size.")


def _about_the_record(records: Histograms, share: Array, settings: Settings) -> Iterator[Note]:
    """What a referee asks of a laser diffraction (ISO 13320): repeats, the range of sizes, optics and dispersant."""
    if len(records.shares) == 1 and settings.repeatability_percent is None:
        text = (
            "One record: no uncertainty, since the repeatability is not known. ISO 13320 asks for 3 % at D50 and 5 % at"
            " D10 and D90, twice that below 10 um, over three samples or more."
        )
        yield Note("info", "single_record", text)
    if records.averages_left_out:
        text = (
            f"{records.averages_left_out} averages by the instrument's software were left out: their records are used."
        )
        yield Note("info", "averages_left_out", text)
    if records.starts_at_zero:
        text = f"The first channel has no lower edge; {records.edges[0]:.3g} um was taken, the ratio of the next one."
        yield Note("info", "first_edge", text)
    yield from _ends(records.edges, share)
    yield from _cut(records.edges, share)
    yield _optics(records.metas[0])


def _ends(edges: Array, share: Array) -> Iterator[Note]:
    """Doubts about percentiles that lie in the first or the last channel of the range."""
    part = size_distribution.cumulative(share)
    inside = [name.upper() for name, level in _PARTS.items() if level <= part[1] or level >= part[-2]]
    if inside:
        text = (
            f"{' and '.join(inside)} {'lies' if len(inside) == 1 else 'lie'} in the first or last channel of"
            f" {edges[0]:.3g} to {edges[-1]:.4g} um: part of the sample may be beyond the range."
        )
        yield Note("doubt", "end_channel", text)


def _cut(edges: Array, share: Array) -> Iterator[Note]:
    """Doubts about a distribution that ends where it is still high: sizes beyond were not measured, or left out."""
    for end, place in size_distribution.cut_ends(edges, share):
        text = (
            f"The distribution ends at {place:.3g} um with {end:.0%} of its greatest density: what is beyond was not"
            " measured or was cut off, so that all percentiles and means are those of the rest."
        )
        yield Note("doubt", "cut_distribution", text)


def _optics(meta: Mapping[str, Any]) -> Note:
    """The optical model and the dispersant as a note; a doubt where the file has neither."""
    known = meta.get("optics") or {}
    words = [f"{word} {float(known[key]):g}" for key, word in _OPTICS.items() if key in known]
    words += [f"{word} {meta[word]}" for word in ("particle", "dispersant") if meta.get(word)]
    if words:
        return Note("info", "optics", f"As the file states: {', '.join(words)}.")
    text = (
        "The file has neither optical constants nor dispersant, on which sizes below some 10 um depend: state the"
        " refractive indices, absorption and dispersant with the sizes (ISO 13320)."
    )
    return Note("doubt", "optics", text)


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
