"""The states of a series of spectra: the number that a file's name or a measurement carries, and the order by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.impedance.records import ImpedanceResult


def state(meta: object) -> float | None:
    """The number that tells a state: tag ``cycle``, or the first tag that is a number, or the meta's own ``cycle``."""
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
    """Results by the number of their state where all have one of their own, else as given."""
    states = [state(result.meta) for result in results]
    if None in states or len(set(states)) < len(states):
        return list(results)
    return [result for _, result in sorted(zip(states, results, strict=True), key=lambda pair: pair[0] or 0.0)]
