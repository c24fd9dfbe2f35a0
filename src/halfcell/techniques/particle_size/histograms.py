"""Size distributions as histograms on common channels: of one measurement, joined as replicates, and mixed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.maths import size_distribution, size_histograms
from halfcell.techniques.common.measurement_checks import sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.particle_size.result import ParticleSizeResult
    from halfcell.techniques.particle_size.settings import Basis, Settings

    Array = NDArray[np.float64]
    Meta = Mapping[str, Any]

_AVERAGE = re.compile(r"^(.*?)(?:\s+-)?\s+Averaged?(?: Result)?$")
_COLUMNS = ("lower_size_micrometre", "upper_size_micrometre", "share_percent")


@dataclass(frozen=True, kw_only=True, eq=False)
class Histograms:
    """Channel edges (um), the share of each channel (%) in each record, and what the file says of each record.

    `starts_at_zero`: the first channel had no lower edge; `averages_left_out`: records that the instrument's software
    made by averaging others of these.
    """

    edges: Array
    shares: tuple[Array, ...]
    metas: tuple[Meta, ...]
    starts_at_zero: bool = False
    averages_left_out: int = 0


def basis_of(meta: Meta) -> Basis:
    """The basis of a record's shares; volume where its file says nothing, as laser diffraction measures."""
    return "number" if meta.get("basis") == "number" else "volume"


def histograms(measurement: Measurement, settings: Settings) -> Histograms:
    """The records of a measurement that the settings choose, on the basis that is set and the channels of the first.

    Parameters
    ----------
    measurement
        Channel edges (um) and shares (%), shape (n,), of one or several records.
    settings
        Which record, and the basis.

    Returns
    -------
    Histograms
        Shares (%) of each record on common channels (um).

    Raises
    ------
    InputError
        If no record has the name that is set, sizes do not rise, or shares sum to zero.

    Source: ISO 9276-1:1998; ISO 9276-2:2014 for another basis.
    """
    sound(measurement, *_COLUMNS)
    numbers = _record_numbers(measurement)
    metas = _metas(measurement)
    wanted = [place for place, meta in enumerate(metas) if settings.record.lower() in _title(meta).lower()]
    if not wanted:
        titles = ", ".join(dict.fromkeys(map(_title, metas)))
        raise InputError(f"no record is named {settings.record!r}", measurement.where, f"there are: {titles}")
    used = _without_averages(wanted, metas)
    kept: list[tuple[Array, Array]] = []
    at_zero = False
    for place in used:
        low, high, share = (measurement[name][numbers == np.unique(numbers)[place]] for name in _COLUMNS)
        edges = np.append(low, high[-1])
        _must_be_a_histogram(edges, share, measurement.where)
        at_zero = at_zero or float(edges[0]) == 0.0
        edges = size_distribution.positive_edges(edges)
        kept.append((edges, _on_basis(edges, share, basis_of(metas[place]), settings.basis)))
    edges = kept[0][0]
    shares = tuple(s if np.array_equal(e, edges) else 100.0 * size_histograms.rebin(e, s, edges) for e, s in kept)
    return Histograms(
        edges=edges,
        shares=shares,
        metas=tuple(metas[place] for place in used),
        starts_at_zero=at_zero,
        averages_left_out=len(wanted) - len(used),
    )


def _without_averages(places: Sequence[int], metas: Sequence[Meta]) -> list[int]:
    """The records that are no average of others among them: "X - Average" beside "X" would be counted twice."""
    titles = {_title(metas[place]) for place in places}
    return [place for place in places if (base := _averaged(_title(metas[place]))) is None or base not in titles]


def _averaged(title: str) -> str | None:
    """The title of the records that a record is the average of; None for a record that is no average."""
    match = _AVERAGE.match(title)
    return match[1].rstrip() if match else None


def _title(meta: Meta) -> str:
    return str(meta.get("title", ""))


def select(measurements: Sequence[Measurement], settings: Settings) -> tuple[Measurement, ...]:
    """The measurements that hold a record of the name that is set; all of them where none is set.

    Raises
    ------
    InputError
        If none holds one; the error names the records that there are.
    """
    titles = [[str(meta.get("title", "")) for meta in _metas(measurement)] for measurement in measurements]
    word = settings.record.lower()
    pairs = zip(measurements, titles, strict=True)
    found = tuple(measurement for measurement, names in pairs if any(word in name.lower() for name in names))
    if found:
        return found
    there = ", ".join(dict.fromkeys(name for names in titles for name in names))
    raise InputError(f"no record is named {settings.record!r}", measurements[0].where, f"there are: {there}")


def _metas(measurement: Measurement) -> Sequence[Meta]:
    """What the file says of each record."""
    return tuple(measurement.meta.get("records", [dict(measurement.meta)]))


def _record_numbers(measurement: Measurement) -> Array:
    return measurement["record_count"] if "record_count" in measurement else np.ones(len(measurement))


def _must_be_a_histogram(edges: Array, share: Array, where: str) -> None:
    """Refuse sizes that do not rise or are below zero, and shares that are no numbers or sum to zero."""
    if not (np.isfinite(edges).all() and edges[0] >= 0 and (np.diff(edges) > 0).all()):
        raise InputError("the sizes of the channels do not rise", where, "sort them from small to large")
    if not (np.isfinite(share).all() and share.sum() > 0):
        raise InputError("the shares of the channels are no numbers or sum to zero", where)


def _on_basis(edges: Array, share: Array, basis: Basis, wanted: Basis) -> Array:
    if basis == wanted:
        return share
    change = size_histograms.number_share if wanted == "number" else size_histograms.volume_share
    return 100.0 * change(edges, share)


def join(measurements: Sequence[Measurement]) -> Measurement:
    """Records of one sample as replicates: the column ``record_count`` tells them apart."""
    columns: dict[str, list[Array]] = {name: [] for name in (*_COLUMNS, "record_count")}
    metas: list[Meta] = []
    for measurement in measurements:
        numbers = _record_numbers(measurement)
        for number in np.unique(numbers):
            chosen = numbers == number
            for name in _COLUMNS:
                columns[name].append(measurement[name][chosen])
            columns["record_count"].append(np.full(int(chosen.sum()), float(len(metas) + 1)))
            metas.append(_metas(measurement)[int(number) - 1])
    return Measurement(
        technique="particle_size",
        columns={name: np.concatenate(values) for name, values in columns.items()},
        meta={"records": metas, "simulated": any(m.is_simulated for m in measurements)},
        notes=tuple(dict.fromkeys(note for m in measurements for note in m.notes)),
        source=measurements[0].source,
    )


def mix(results: Sequence[ParticleSizeResult], fractions: Sequence[float]) -> Measurement:
    """The distribution of a mixture of powders by volume fractions, on the first one's channels.

    Histograms are mixed, never percentiles: of a 50/50 mixture of 18.5 and 75 um powders the mean of the D10s is more
    than twice the true D10.

    Parameters
    ----------
    results
        The powders.
    fractions
        Volume fractions, one per powder.

    Returns
    -------
    Measurement
        Channel edges (um) and shares (%).

    Source: definition.
    """
    edges = results[0].edges
    shares = np.array([size_histograms.rebin(r.edges, r.share, edges) for r in results])
    share = 100.0 * size_histograms.mix(shares, np.asarray(fractions, dtype=float))
    columns = {"lower_size_micrometre": edges[:-1], "upper_size_micrometre": edges[1:], "share_percent": share}
    simulated = any(result.simulated for result in results)
    return Measurement(technique="particle_size", columns=columns, meta={"basis": "volume", "simulated": simulated})
