"""Which notes of an item the author accepts, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
) -> Iterator[tuple[str, str, Note]]:
    """The doubts and refusals of an item that are not accepted: the item's name, the subject, and the note."""
    done = {(one.label, one.note) for one in accepted_notes(spec, notes, accepted)}
    for label, note in notes:
        if note.level in {"doubt", "refused"} and (label, note) not in done:
            yield spec.name, label, note


def idle_acceptances(
    items: Iterable[tuple[ItemSpec, Sequence[tuple[str, Note]]]], accepted: Sequence[AcceptedDoubt]
) -> Iterator[str]:
    """What is to be said of each ``[[accept]]`` that means no note of any item: its code, items and subjects."""
    notes = list(items)
    for one in accepted:
        means = any(
            _means(one, label, note) and (not one.items or any(_is(word, spec) for word in one.items))
            for spec, own in notes
            for label, note in own
        )
        if not means:
            named = [*(f"item {word}" for word in one.items), *(f"subject {word}" for word in one.subjects)]
            whose = f" of {', '.join(named)}" if named else ""
            yield f"[[accept]] {one.code}{whose} accepts nothing: no such note is there"


def doubts_by_code(found: Iterable[tuple[str, str, Note]]) -> tuple[str, ...]:
    """Doubts in one line per code and items: ``Fig. S1, Table S1: overlap (Si, Sn)``.

    A doubt that several items show is told once, with the names of all of them.
    """
    names: dict[tuple[str, Note], dict[str, None]] = {}
    for name, label, note in found:
        names.setdefault((label, note), {})[name] = None
    lines: dict[tuple[str, str], dict[str, None]] = {}
    for (label, note), items in names.items():
        lines.setdefault((", ".join(items), note.code), {})[label] = None
    return tuple(f"{items}: {code} ({', '.join(filter(None, labels))})" for (items, code), labels in lines.items())


def _is(word: str, spec: ItemSpec) -> bool:
    return is_item_name(word, spec.id, spec.name, spec.key)


def _means(one: AcceptedDoubt, label: str, note: Note) -> bool:
    """Whether it accepts the note of this subject: ``Si`` means ``Si`` and ``Si (A1)``, ``Si, cycle 10``."""
    subject = plain(label)
    named = not one.subjects or any(subject == s or subject.startswith((f"{s} (", f"{s}, ")) for s in one.subjects)
    return named and note.code == one.code
