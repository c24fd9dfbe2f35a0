"""Which notes of an item the author accepts, and why."""

from __future__ import annotations

from collections.abc import Sequence

from halfcell.core.document import Acceptance
from halfcell.core.markup import plain
from halfcell.core.result import Note
from halfcell.study.files.document_spec import AcceptedDoubt
from halfcell.study.files.item_spec import ItemSpec, is_item_name


def accepted_notes(
    spec: ItemSpec, notes: Sequence[tuple[str, Note]], accepted: Sequence[AcceptedDoubt]
) -> tuple[Acceptance, ...]:
    """The notes of an item that an ``[[accept]]`` of study.toml means, each once, with the reason given there.

    Parameters
    ----------
    spec
        The item.
    notes
        Its notes, each with the label of its result.
    accepted
        What the author accepts: the first one that means a note counts.
    """
    here = [one for one in accepted if not one.items or any(_is(word, spec) for word in one.items)]
    found: dict[tuple[str, Note], str] = {}
    for label, note in notes:
        reason = next((one.reason for one in here if _means(one, label, note)), "")
        if reason and note.level in {"doubt", "refused"}:
            found.setdefault((label, note), reason)
    return tuple(Acceptance(label=label, note=note, reason=reason) for (label, note), reason in found.items())


def open_doubts(
    spec: ItemSpec, notes: Sequence[tuple[str, Note]], accepted: Sequence[AcceptedDoubt]
) -> tuple[str, ...]:
    """The doubts and refusals of an item that are not accepted, in one line per code: ``Table S1: overlap (Si, "
    "Sn)``."""
    done = {(one.label, one.note) for one in accepted_notes(spec, notes, accepted)}
    labels: dict[str, dict[str, None]] = {}
    for label, note in notes:
        if note.level in {"doubt", "refused"} and (label, note) not in done:
            labels.setdefault(note.code, {})[label] = None
    return tuple(f"{spec.name}: {code} ({', '.join(filter(None, found))})" for code, found in labels.items())


def _is(word: str, spec: ItemSpec) -> bool:
    return is_item_name(word, spec.id, spec.name, spec.key)


def _means(one: AcceptedDoubt, label: str, note: Note) -> bool:
    """Whether it accepts the note of this subject: ``Si`` means ``Si`` and ``Si (A1)``, ``Si, cycle 10``."""
    subject = plain(label)
    named = not one.subjects or any(subject == s or subject.startswith((f"{s} (", f"{s}, ")) for s in one.subjects)
    return named and note.code == one.code
