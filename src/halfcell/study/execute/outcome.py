"""What a run did with each item and in all, and how far it is while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from halfcell.core.missing_subject import MissingSubject
    from halfcell.core.result import Note
    from halfcell.study.files.item_spec import Kind


@dataclass(frozen=True, kw_only=True)
class ItemDone:
    """What a run did with one item: made, found unchanged, or failed.

    `results` counts its analyses, `reasons` say why it was made again, `missing` are the subjects that it does not
    show.
    """

    id: str
    kind: Kind
    name: str
    state: Literal["made", "unchanged", "failed"]
    results: int = 0
    reasons: tuple[str, ...] = ()
    failure: str = ""
    notes: tuple[tuple[str, Note], ...] = ()
    simulated: bool = False
    missing: tuple[MissingSubject, ...] = ()

    @property
    def problem(self) -> str:
        """What is wrong with it, in one line: its failure, or the subjects that are missing from it."""
        return self.failure or "; ".join(f"missing: {label}: {why}" for label, why in self.missing)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run did: one entry per item; how many analyses were computed and how many were found in the store.

    `unmatched` are raw files that nothing uses, `published` the files of the report, `open_doubts` the doubts and
    refusals that the author has not accepted, one line per item and code; `remarks` are of what
    an author wrote of looks and nobody sees, of fonts that are missing, and of stored files that were damaged.
    """

    items: tuple[ItemDone, ...]
    computed: int = 0
    reused: int = 0
    unmatched: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    open_doubts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    nothing_changed: bool = False

    @property
    def failed(self) -> tuple[ItemDone, ...]:
        """The items that could not be made."""
        return tuple(item for item in self.items if item.state == "failed")

    @property
    def partial(self) -> tuple[ItemDone, ...]:
        """The items that were made without some of their subjects."""
        return tuple(item for item in self.items if item.missing)

    @property
    def exit_status(self) -> int:
        """0 if all is done, 1 if some items failed or lack subjects."""
        return 1 if self.failed or self.partial else 0

    def _repr_html_(self) -> str:
        rows = (
            f"<tr><td>{escape(item.name)}</td><td>{item.state}</td><td>{escape(item.problem)}</td></tr>"
            for item in self.items
        )
        return f"<table>{''.join(rows)}</table>"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a run is: jobs done, jobs in all, the item that has just been finished, and the jobs being worked on."""

    done: int
    total: int
    item: ItemDone | None = None
    busy: tuple[str, ...] = ()
