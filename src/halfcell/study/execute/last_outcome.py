"""The outcome of the last complete run, which is the outcome of this one if nothing has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.study.cache.fingerprint import remember, unchanged_outcome
from halfcell.study.execute.outcome import ItemDone, Outcome

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.result import Level
    from halfcell.study.files.item_spec import Kind


def remember_outcome(
    root: Path, mark: Mapping[str, object], outcome: Outcome, outputs: Iterable[str], *, publishing: bool
) -> None:
    """Store the outcome of a complete run with its fingerprint `mark` and the files it wrote.

    Parameters
    ----------
    root
        The study's folder.
    mark
        What the run depended on, see `fingerprint`.
    outcome
        What it did.
    outputs
        The files it wrote, below the study.
    publishing
        Whether it wrote the report.
    """
    content = {
        "items": [_as_json(item) for item in outcome.items],
        "unmatched": list(outcome.unmatched),
        "published": list(outcome.published),
        "steps": outcome.computed + outcome.reused,
    }
    remember(root, mark, content, outputs, publishing=publishing)


def unchanged(path: Path, *, published: bool) -> Outcome | None:
    """The outcome of the last complete run if nothing has changed since and all its files are there; else None."""
    content = unchanged_outcome(path, published=published)
    if content is None:
        return None
    return Outcome(
        items=tuple(_unchanged_item(*item) for item in content["items"]),
        reused=content["steps"],
        unmatched=tuple(content["unmatched"]),
        published=tuple(content["published"]),
        nothing_changed=True,
    )


def _as_json(item: ItemDone) -> list[Json]:
    notes: list[Json] = [[label, [note.level, note.code, note.text]] for label, note in item.notes]
    return [item.id, item.kind, item.name, item.results, item.simulated, notes]


def _unchanged_item(
    id_: str, kind: Kind, name: str, results: int, simulated: bool, notes: Iterable[tuple[str, tuple[Level, str, str]]]
) -> ItemDone:
    return ItemDone(
        id=id_,
        kind=kind,
        name=name,
        state="unchanged",
        results=results,
        simulated=simulated,
        notes=tuple((label, Note(*note)) for label, note in notes),
    )
