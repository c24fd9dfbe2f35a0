"""A verdict in lines: first what was checked, then what is wrong, the numbers gathered by what they have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from halfcell.report.verify.numbers import NumberCompared
    from halfcell.report.verify.verdict import Verdict

_NAMED: Final = 5  # numbers that are named of those with one cause; --json has all


def summary(verdict: Verdict) -> Iterator[str]:
    """What was checked, one line for each kind."""
    wrong = {one.where for one in verdict.problems}
    yield f"archive      sha256 {verdict.sha256}"
    yield f"files        {verdict.files} in the archive, {f'{len(wrong)} not as listed' if wrong else 'all as listed'}"
    analyses = "analysis" if verdict.steps == 1 else "analyses"
    yield f"numbers      {verdict.reproduced:,} of {verdict.printed:,} reproduced, from {verdict.steps:,} {analyses}"
    yield from _digits(verdict)
    counts = verdict.counted()
    if counts:
        words = ", ".join(f"{count:,} {state}" for state, count in counts.items())
        yield f"outputs      {len(verdict.outputs):,} tables, figures and documents: {words}"
    if verdict.other_machine:
        yield f"environment  {len(verdict.other_machine)} differences: {'; '.join(verdict.other_machine[:_NAMED])}"
    else:
        other = "" if verdict.computes_alike else "; another processor computes the last digits otherwise"
        yield f"environment  the same versions and platform as in the archive{other}"


def _digits(verdict: Verdict) -> Iterator[str]:
    """How far the digits that are not printed are from those of the archive."""
    made = [one for one in verdict.numbers if one.state == "reproduced"]
    other = [one for one in made if one.deviation]
    if other:
        most = max(other, key=lambda one: one.deviation)
        same = len(made) - len(other)
        words = f"{same:,} equal in all digits; others differ in digits that are not printed, at most by a share of"
        yield f"             {words} {most.deviation:.1g} ({most.id})"
    elif made:
        yield "             all of them equal in all digits, also those that are not printed"


def faults(verdict: Verdict) -> Iterator[str]:
    """What is wrong, one line each."""
    for problem in verdict.problems:
        yield f"{problem.where}: {problem.what}" + (f" ({problem.hint})" if problem.hint else "")
    for name, what in verdict.other_items.items():
        yield f"{name}: {what}"
    alike: dict[str, list[NumberCompared]] = {}
    for one in verdict.wrong_numbers:
        alike.setdefault(_why(one, verdict), []).append(one)
    for why, numbers in alike.items():
        yield from _group(why, numbers)
    for one in verdict.far_digits if verdict.computes_alike else ():
        yield f"{one.id} = {one.printed}: numbers.csv has other digits than are computed ({one.deviation:.1g})"
    for output in verdict.wrong_outputs:
        yield f"{output.path}: {output.state}" + (f": {output.where}" if output.where else "")


def _why(one: NumberCompared, verdict: Verdict) -> str:
    """Why a number is not the one of the archive."""
    if one.state == "not made":
        return "not computed here"
    if one.state == "not in the archive":
        return "computed here, and not in numbers.csv"
    if one.causes:
        return "; ".join(one.causes)
    if verdict.other_machine:
        return f"files, settings and recipes are the same; environment: {'; '.join(verdict.other_machine)}"
    return "files, settings and versions are the same: numbers.csv states another number than they give"


def _group(why: str, numbers: Sequence[NumberCompared]) -> Iterator[str]:
    count = f"{len(numbers):,} number{'s' if len(numbers) > 1 else ''}"
    yield f"{count}: {why}"
    for one in numbers[:_NAMED]:
        yield f"    {one.id} = {one.printed or '-'} in the archive, {one.computed or '-'} here"
    if len(numbers) > _NAMED:
        yield f"    and {len(numbers) - _NAMED:,} more (--json lists all)"
