"""Order of the states of a series of spectra, by the number in the file's name or in the measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.impedance.result import ImpedanceResult


def state(meta: object) -> float | None:
    """The number of a state: the tag ``cycle``, the ``cycle`` of the measurement, or the first tag that is a number.

    Parameters
    ----------
    meta
        What a measurement says of itself.

    Returns
    -------
    float or None
        The number; None where there is none.

    Source: definition.
    """
    if not isinstance(meta, dict):
        return None
    tags = meta.get("tags") or {}
    for value in (tags.get("cycle"), meta.get("cycle"), *tags.values()):
        try:
            return float(str(value).replace("_", "."))
        except ValueError:
            continue
    return None


def in_order(results: Sequence[ImpedanceResult]) -> list[ImpedanceResult]:
    """Results in order of the number of their state if each has its own number, else as given.

    Parameters
    ----------
    results
        Spectra of a series.

    Returns
    -------
    list of ImpedanceResult
        By rising number of the state.

    Source: definition.
    """
    states = [state(result.meta) for result in results]
    if None in states or len(set(states)) < len(states):
        return list(results)
    return [result for _, result in sorted(zip(states, results, strict=True), key=lambda pair: pair[0] or 0.0)]
