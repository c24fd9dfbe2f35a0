"""Words for the methods section: what settings and facts several results share, as text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from halfcell.core.result import Result


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``; each once."""
    found = list(dict.fromkeys(word for word in words if word))
    return " and ".join(part for part in (", ".join(found[:-1]), found[-1] if found else "") if part)


def setting(results: Sequence[Result], name: str) -> object:
    """The setting that all results share; None if they differ, or if none was set."""
    values = [result.settings.get(name) for result in results]
    return values[0] if values and all(value == values[0] for value in values) else None


def settings_range(results: Sequence[Result], name: str, unit: str) -> str:
    """A number of all results: ``1.2 mg``, ``1.2 to 1.4 mg``; empty if one of them lacks it."""
    values = [result.settings.get(name) for result in results]
    return number_range([v for v in values if isinstance(v, int | float)], unit) if None not in values else ""


def number_range(values: Sequence[float], unit: str) -> str:
    """``1.2 mg``, or ``1.2 to 1.4 mg``; empty without finite values."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return ""
    low, high = f"{min(finite):.4g}", f"{max(finite):.4g}"
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def by_subject(results: Sequence[Result], said: Callable[[Result], str]) -> str:
    """What is said of each result: ``77 K``; ``77 K (A and B) and 87 K (C)`` where they differ; empty for none.

    A result of which nothing is said is not among the names, so that the text claims nothing of it.
    """
    names: dict[str, list[str]] = {}
    for result in results:
        names.setdefault(said(result), []).append(result.label)
    silent = names.pop("", None)
    if len(names) == 1 and silent is None:
        return next(iter(names))
    return listed(f"{text} ({labels})" if (labels := listed(found)) else text for text, found in names.items())


def facts_range(results: Sequence[Result], column: str, unit: str) -> str:
    """The range of a column over all results, if all files have it: ``10 to 90°``."""
    lows = [result.facts.get(f"least_{column}") for result in results]
    highs = [result.facts.get(f"greatest_{column}") for result in results]
    numbers = [value for value in (*lows, *highs) if isinstance(value, int | float)]
    if not numbers or len(numbers) < 2 * len(results):
        return ""
    return f"{min(numbers):.4g} to {max(numbers):.4g}{'' if unit == '°' else ' '}{unit}"


def fact(results: Sequence[Result], name: str) -> object:
    """What all files state alike; None if they differ or one does not state it."""
    values = [result.facts.get(name) for result in results]
    return values[0] if values and all(value == values[0] for value in values) else None


def instruments(results: Sequence[Result]) -> str:
    """The instruments that the files name: ``BioLogic``; ``BioLogic and Neware``; else with subjects."""
    named = [str(result.facts.get("instrument", "")) for result in results]
    return listed(named) if all(named) else by_subject(results, lambda result: str(result.facts.get("instrument", "")))


def measured_with(results: Sequence[Result], what: str) -> str:
    """``What was recorded (instrument: BioLogic).``"""
    named = instruments(results)
    several = len({result.facts.get("instrument") for result in results} - {None, ""}) > 1
    return f"{what} ({'instruments' if several else 'instrument'}: {named})." if named else f"{what}."
