"""What stands below bars of crystallite sizes: how they were determined, once, and the samples with other lines."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.markup import formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.diffraction.result import DiffractionResult

_METHOD = re.compile(r"(?P<before>.*, lines )(?P<lines>.*?)(?P<after>; instrument removed.*)?")


class _Method(NamedTuple):
    """The method of one sample around the lines of the phase that is shown."""

    before: str
    after: str
    lines: str


def size_notes(results: Sequence[DiffractionResult], phase: str) -> tuple[str, ...]:
    """The notes below the sizes of one phase: each method once, with the lines that most samples have.

    Lines of other phases are left out; a sample without a Scherrer size of the phase is not told of.
    """
    methods = {r.label: found for r in results if f"{phase}.scherrer_size" in r.quantities and (found := _of(r, phase))}
    texts = []
    for before, after in dict.fromkeys((one.before, one.after) for one in methods.values()):
        of_label = {label: one.lines for label, one in methods.items() if (one.before, one.after) == (before, after)}
        usual = Counter(of_label.values()).most_common(1)[0][0]
        others = [f"; {formula(label)}: {lines}" for label, lines in of_label.items() if lines != usual]
        texts.append(f"{before}{usual}{''.join(others)}{after}")
    doubts = dict.fromkeys(note.text for r in results for note in r.notes if note.code == "uncorrected")
    return (*texts, *doubts)


def _of(result: DiffractionResult, phase: str) -> _Method | None:
    """The method in the note of a result."""
    text = next((note.text for note in result.notes if note.code == "scherrer"), "")
    match = _METHOD.fullmatch(text)
    if match is None:
        return None
    own = [part for part in match["lines"].split("; ") if part.startswith(f"{phase} ")]
    return _Method(match["before"], match["after"] or "", "; ".join(own)) if own else None
