"""The notes below an item: the same note of several results in one remark, counted by level."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core import markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.document import Acceptance
    from halfcell.core.result import Note

MANY = 3  # remarks of one kind that become one on paper
LEVELS = ("refused", "doubt", "correction", "info")


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A note, with the subjects whose results have it; `reason` is the author's, if the note is accepted."""

    level: str
    code: str
    text: str
    subjects: tuple[str, ...]
    reason: str = ""


def remarks(notes: Sequence[tuple[str, Note]], accepted: Sequence[Acceptance] = ()) -> tuple[Remark, ...]:
    """Notes (each with its subject) as remarks with markup, the most serious first; accepted ones with the reason."""
    reasons: dict[tuple[str, str, str], str] = {}
    for one in accepted:
        reasons[one.note.level, one.note.code, one.note.text] = one.reason
    found: dict[tuple[str, str, str], list[str]] = {}
    for subject, note in notes:
        found.setdefault((note.level, note.code, note.text), []).append(subject)
    made = [
        Remark(
            level=level,
            code=code,
            text=markup.prose(text),
            subjects=tuple(map(markup.formula, dict.fromkeys(subjects))),
            reason=reasons.get((level, code, text), ""),
        )
        for (level, code, text), subjects in found.items()
    ]
    return tuple(sorted(made, key=lambda remark: LEVELS.index(remark.level)))


def folded(found: Sequence[Remark]) -> tuple[Remark, ...]:
    """Join three or more remarks of one kind that end with the same words into one that names all subjects."""
    kinds: dict[tuple[str, str, str], list[Remark]] = {}
    for remark in found:
        kinds.setdefault((remark.level, remark.code, remark.text.rpartition(": ")[2]), []).append(remark)
    made: list[Remark] = []
    for (level, code, end), alike in kinds.items():
        begun = [(one.subjects, one.text.removesuffix(end).removesuffix(": ")) for one in alike]
        if len(alike) < MANY or not all(begin for _, begin in begun):
            made.extend(alike)
            continue
        parts = [f"{', '.join(subjects)}: {begin}" for subjects, begin in begun[1:]]
        text = f"{'; '.join([begun[0][1], *parts])}: {end}"
        made.append(Remark(level=level, code=code, text=text, subjects=begun[0][0]))
    return tuple(made)


def counted(found: Sequence[Remark]) -> dict[str, int]:
    """How many notes of each level there are, over all results."""
    counts = Counter[str]()
    for remark in found:
        counts[remark.level] += len(remark.subjects)
    return {level: counts[level] for level in LEVELS if counts[level]}
