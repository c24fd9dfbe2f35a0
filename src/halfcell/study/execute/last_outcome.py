"""The outcome of the last complete run, which is the outcome of this run if nothing has changed since."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from halfcell.core.result import Note
from halfcell.study.cache.fingerprint import Fingerprint
from halfcell.study.cache.last_run import ItemSummary, RunSummary, remember_run, unchanged_run
from halfcell.study.execute.outcome import ItemDone, Outcome


def remember_outcome(
    root: Path, mark: Fingerprint, outcome: Outcome, outputs: Iterable[str], *, publishing: bool
) -> None:
    """Store the outcome of a complete run with its fingerprint and the files that it wrote.

    Parameters
    ----------
    root
        The study's folder.
    mark
        The fingerprint: what the run depended on.
    outcome
        What it did.
    outputs
        The files that it wrote, below the study.
    publishing
        Whether it wrote the report.
    """
    summary: RunSummary = {
        "items": [_summary(item) for item in outcome.items],
        "unmatched": list(outcome.unmatched),
        "published": list(outcome.published),
        "open_doubts": list(outcome.open_doubts),
        "remarks": list(outcome.remarks),
        "steps": outcome.computed + outcome.reused,
    }
    remember_run(root, mark, summary, outputs, publishing=publishing)


def outcome_if_unchanged(path: Path, *, published: bool) -> Outcome | None:
    """The outcome of the last complete run if nothing has changed since and all its files exist; else None."""
    summary = unchanged_run(path, published=published)
    if summary is None:
        return None
    return Outcome(
        items=tuple(_unchanged_item(item) for item in summary["items"]),
        reused=summary["steps"],
        unmatched=tuple(summary["unmatched"]),
        published=tuple(summary["published"]),
        open_doubts=tuple(summary["open_doubts"]),
        remarks=tuple(summary.get("remarks", ())),
        nothing_changed=True,
    )


def _summary(item: ItemDone) -> ItemSummary:
    return {
        "id": item.id,
        "kind": item.kind,
        "name": item.name,
        "results": item.results,
        "simulated": item.simulated,
        "notes": [(label, (note.level, note.code, note.text)) for label, note in item.notes],
    }


def _unchanged_item(summary: ItemSummary) -> ItemDone:
    return ItemDone(
        id=summary["id"],
        kind=summary["kind"],
        name=summary["name"],
        state="unchanged",
        results=summary["results"],
        simulated=summary["simulated"],
        notes=tuple((label, Note(*note)) for label, note in summary["notes"]),
    )
