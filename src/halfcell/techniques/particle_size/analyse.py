"""From histograms to percentiles, moments and modes; replicates averaged as histograms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import distribution
from halfcell.techniques.common.measurement_checks import sound
from halfcell.techniques.particle_size.records import ParticleSize, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_PARTS = {"d10": 0.1, "d50": 0.5, "d90": 0.9}
_NAMES = ("lower_size_micrometre", "upper_size_micrometre", "share_percent")
_AGREES = 0.01  # relative: further from the instrument's own percentile is a doubt
_SAME = 1.1  # ratio of medians up to which records of different names may be one product
_UNSTABLE = 0.05  # relative spread of D50 over replicates


def analyse(measurement: Measurement, settings: Settings) -> ParticleSize:
    """Percentiles D10, D50, D90, span, D[4,3], D[3,2] and modes of a distribution.

    Replicates (column ``record_count``) are averaged as histograms, never as percentiles; the standard uncertainty is
    then their spread, else half the difference between two ways to interpolate.

    Raises
    ------
    InputError
        If no record has the name that is set, sizes do not rise, or shares sum to nothing.
    Refused
        If records of different names differ in size by more than replicates would: they are different products.
    """
    edges, shares, metas = _records(measurement, settings)
    found = [_numbers(edges, share) for share in shares]
    _one_product(metas, found, measurement.where)
    share = np.mean([s / s.sum() for s in shares], axis=0) * 100.0
    values = _numbers(edges, share)
    quantities = {name: _quantity(name, values[name], edges, share, [f[name] for f in found]) for name in values}
    modes = distribution.modes(edges, share, settings.prominence)
    notes = _notes(metas, values, found, settings)
    return ParticleSize(
        technique="particle_size",
        quantities=quantities | {"mode_count": Quantity(float(len(modes)), "", decimals=0)},
        rows=tuple({"mode": i, "size": mode.size, "share": 100.0 * mode.share} for i, mode in enumerate(modes, 1)),
        notes=notes,
        simulated=measurement.is_simulated,
        edges=edges,
        share=share,
        replicates=tuple(shares) if len(shares) > 1 else (),
        basis=settings.basis,
    )


def _records(measurement: Measurement, settings: Settings) -> tuple[Array, list[Array], list[dict[str, Any]]]:
    """Common edges, each record's shares on the basis that is set, and what each record's file says."""
    sound(measurement, *_NAMES)
    numbers = measurement["record_count"] if "record_count" in measurement else np.ones(len(measurement))
    metas = measurement.meta.get("records", [dict(measurement.meta)])
    kept: list[tuple[Array, Array]] = []
    used = []
    for number, meta in zip(np.unique(numbers), metas, strict=True):
        if settings.record.lower() not in str(meta.get("title", "")).lower():
            continue
        chosen = numbers == number
        low, high, share = (measurement[name][chosen] for name in _NAMES)
        edges = np.append(low, high[-1])
        _a_histogram(edges, share, measurement.where)
        kept.append((edges, _on_basis(edges, share, str(meta.get("basis", "volume")), settings.basis)))
        used.append(meta)
    if not kept:
        titles = ", ".join(dict.fromkeys(str(meta.get("title", "")) for meta in metas))
        raise InputError(f"no record is named {settings.record!r}", measurement.where, f"there are: {titles}")
    edges = kept[0][0]
    shares = [s if np.array_equal(e, edges) else 100.0 * distribution.rebin(e, s, edges) for e, s in kept]
    return edges, shares, used


def _a_histogram(edges: Array, share: Array, where: str) -> None:
    """Refuse sizes that do not rise from above zero, and shares that are none."""
    if not (np.isfinite(edges).all() and edges[0] >= 0 and (np.diff(edges) > 0).all()):
        raise InputError("the sizes of the channels do not rise", where, "sort them from small to large")
    if not (np.isfinite(share).all() and share.sum() > 0):
        raise InputError("the shares of the channels are no numbers or sum to nothing", where)


def _on_basis(edges: Array, share: Array, basis: str, wanted: str) -> Array:
    if basis == wanted:
        return share
    change = distribution.number_share if wanted == "number" else distribution.volume_share
    return 100.0 * change(edges, share)


def _numbers(edges: Array, share: Array) -> dict[str, float]:
    sizes = distribution.percentiles(edges, share, np.array(list(_PARTS.values())))
    values = dict(zip(_PARTS, map(float, sizes), strict=True))
    values["d43"] = distribution.moment_mean(edges, share, 4, 3)
    values["d32"] = distribution.moment_mean(edges, share, 3, 2)
    values["span"] = (values["d90"] - values["d10"]) / values["d50"]
    return values


def _quantity(name: str, value: float, edges: Array, share: Array, replicates: list[float]) -> Quantity:
    unit = "" if name == "span" else "um"
    if len(replicates) > 1:
        return Quantity(value, unit, float(np.std(replicates, ddof=1)), "spread over samples")
    if name in _PARTS:
        straight = distribution.percentiles(edges, share, np.array([_PARTS[name]]), smooth=False)
        return Quantity(value, unit, abs(float(straight[0]) - value) / 2.0 + 1e-4 * value, "spread over models")
    return Quantity(value, unit, decimals=None if name != "span" else 2)


def _one_product(metas: Sequence[dict[str, Any]], found: Sequence[dict[str, float]], where: str) -> None:
    """Refuse to average what is named differently and is of another size."""
    medians: dict[str, list[float]] = {}
    for meta, values in zip(metas, found, strict=True):
        medians.setdefault(str(meta.get("title", "")), []).append(values["d50"])
    means = {title: float(np.mean(values)) for title, values in medians.items()}
    if max(means.values()) <= _SAME * min(means.values()):
        return
    named = [f"{title or 'no name'} ({size:.3g} um)" for title, size in sorted(means.items(), key=lambda item: item[1])]
    said = ", ".join(named if len(named) < 7 else [*named[:5], "...", named[-1]])
    what = f"records of {len(named)} products are no replicates; their D50: {said}"
    raise Refused(what, where, f'name one by the setting record, such as record = "{next(iter(means))}"')


def _notes(
    metas: Sequence[dict[str, Any]], values: dict[str, float], found: list[dict[str, float]], settings: Settings
) -> tuple[Note, ...]:
    notes = []
    titles = list(dict.fromkeys(str(meta.get("title", "")) for meta in metas))
    if len(titles) > 1:
        text = f"Records of different names are averaged: {', '.join(titles[:6])}{' ...' if len(titles) > 6 else ''}."
        notes.append(Note("doubt", "different_names", text))
    vendor = metas[0].get("vendor", {})
    for name in _PARTS:
        if len(metas) == 1 and settings.basis == "volume" and name in vendor:
            off = values[name] / float(vendor[name]) - 1.0
            if abs(off) > _AGREES:
                text = (
                    f"{name.upper()} {values[name]:.4g} um is {off:+.1%} from the instrument's own {vendor[name]:.4g}."
                )
                notes.append(Note("doubt", "vendor_disagrees", text))
    spread = float(np.std([f["d50"] for f in found]) / values["d50"])
    if len(found) > 1 and spread > _UNSTABLE:
        text = f"D50 varies by {spread:.1%} over {len(found)} records: the sample (de)agglomerates or is not mixed."
        notes.append(Note("doubt", "unstable_dispersion", text))
    if settings.basis == "number":
        text = (
            "A distribution by number from one by volume magnifies the finest channels' errors by the cube of the size."
        )
        notes.append(Note("doubt", "converted_basis", text))
    return tuple(notes)


def join(measurements: Sequence[Measurement]) -> Measurement:
    """Records of one sample as replicates: the column ``record_count`` tells them apart."""
    columns: dict[str, list[Array]] = {name: [] for name in (*_NAMES, "record_count")}
    metas: list[dict[str, Any]] = []
    for measurement in measurements:
        numbers = measurement["record_count"] if "record_count" in measurement else np.ones(len(measurement))
        for number in np.unique(numbers):
            chosen = numbers == number
            for name in _NAMES:
                columns[name].append(measurement[name][chosen])
            columns["record_count"].append(np.full(int(chosen.sum()), float(len(metas) + 1)))
            metas.append(measurement.meta.get("records", [dict(measurement.meta)])[int(number) - 1])
    return Measurement(
        technique="particle_size",
        columns={name: np.concatenate(values) for name, values in columns.items()},
        meta={"records": metas, "simulated": any(m.is_simulated for m in measurements)},
        notes=tuple(dict.fromkeys(note for m in measurements for note in m.notes)),
        source=measurements[0].source,
    )


def mix(results: Sequence[ParticleSize], fractions: Sequence[float]) -> Measurement:
    """The distribution of a mixture of powders by volume fractions, on the first one's channels.

    Histograms are mixed, never percentiles: of a 50/50 mixture of 18.5 and 75 um powders the mean of the D10s is more
    than twice the true D10.
    """
    edges = results[0].edges
    shares = np.array([distribution.rebin(r.edges, r.share, edges) for r in results])
    share = 100.0 * distribution.mix(shares, np.asarray(fractions, dtype=float))
    columns = {"lower_size_micrometre": edges[:-1], "upper_size_micrometre": edges[1:], "share_percent": share}
    simulated = any(result.simulated for result in results)
    return Measurement(technique="particle_size", columns=columns, meta={"basis": "volume", "simulated": simulated})
