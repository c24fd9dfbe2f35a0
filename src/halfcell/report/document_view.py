"""A document as its pages show it: texts with markup, notes counted, numbers with their origin; for all formats."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from halfcell.core import markup
from halfcell.report.table_grid import Grid, grid, number_text, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.document import Document, Item, Number
    from halfcell.core.figure import Figure
    from halfcell.core.result import Note

_MANY = 3  # remarks of one kind that are folded into one on paper
LEVELS = ("refused", "doubt", "correction", "info")


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One note with all those whose results bear it."""

    level: str
    code: str
    text: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemView:
    """An item as it is shown; texts carry markup."""

    item: Item
    anchor: str
    name: str
    caption: str
    grid: Grid | None = None
    remarks: tuple[Remark, ...] = ()
    lines: tuple[str, ...] = ()  # the figure's own notes that no remark says

    @property
    def figure(self) -> Figure | None:
        """The figure, unless the item failed."""
        return None if self.item.failure else self.item.figure

    @property
    def counts(self) -> dict[str, int]:
        """How many notes of each level."""
        return counted(self.remarks)

    @property
    def minor(self) -> tuple[Remark, ...]:
        """What only tells."""
        return tuple(remark for remark in self.remarks if remark.level == "info")

    @property
    def serious(self) -> tuple[Remark, ...]:
        """Refusals, doubts and corrections."""
        return tuple(remark for remark in self.remarks if remark.level != "info")

    @property
    def grave(self) -> tuple[Remark, ...]:
        """What is serious, many of one kind in one."""
        return folded(self.serious)

    @property
    def on_paper(self) -> tuple[Remark, ...]:
        """What is serious and does not stand below the table already, in a footnote or a note."""
        footnotes = told(self.grid.footnotes) if self.grid else set()
        notes = self.grid.notes if self.grid else ()
        left = (remark for remark in self.serious if not any(note.endswith(remark.text) for note in notes))
        return folded([remark for remark in left if remark.text not in footnotes])


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """A document as it is shown."""

    document: Document
    title: str
    subtitle: str
    items: tuple[ItemView, ...]
    truth: Grid | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> tuple[ItemView, ...]:
        """The items that could not be made."""
        return tuple(item for item in self.items if item.item.failure)

    @property
    def partial(self) -> tuple[ItemView, ...]:
        """The items that were made without some of their subjects."""
        return tuple(item for item in self.items if item.item.missing)

    @property
    def lacking(self) -> str:
        """The items that lack subjects, and which: ``Table S1 (Si/Sn-10), Fig. S2 (Si)``."""
        found = [(item.name, dict.fromkeys(label for label, _ in item.item.missing)) for item in self.partial]
        return ", ".join(f"{name} ({', '.join(map(markup.formula, labels))})" for name, labels in found)

    def many(self, kind: str) -> int:
        """How many figures or tables there are."""
        return sum(item.item.kind == kind for item in self.items)

    @property
    def number_count(self) -> int:
        """How many numbers can be traced."""
        return sum(len(item.item.numbers) for item in self.items)


def view(document: Document) -> View:
    """Prepare a document for its pages."""
    items = tuple(_item(item) for item in document.items)
    every = {number_key(number): number.id for item in document.items for number in item.numbers}
    return View(
        document=document,
        title=markup.prose(document.title),
        subtitle=markup.prose(document.subtitle),
        items=items,
        truth=grid(document.truth, every) if document.truth and document.truth.rows else None,
        counts=dict(sum((Counter(item.counts) for item in items), Counter())),
    )


def _item(item: Item) -> ItemView:
    by_origin = {number_key(number): number.id for number in item.numbers}
    figure = None if item.failure else item.figure
    remarks = _remarks(item.notes)
    lines = [markup.prose(line) for line in figure.notes] if figure else []
    return ItemView(
        item=item,
        anchor=anchor(item.name),
        name=item.name,
        caption=caption(item.caption, len(figure.panels) if figure and figure.letters else 0),
        grid=grid(item.table, by_origin) if item.table and not item.failure else None,
        remarks=remarks,
        lines=tuple(line for line in lines if not any(line.endswith(remark.text) for remark in remarks)),
    )


def number_key(number: Number) -> str:
    """What an entry's `origin` says of this number."""
    return f"{number.origin.result}:{number.origin.quantity}"


def anchor(name: str) -> str:
    """``Fig. S2`` -> ``fig-s2``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def caption(text: str, panels: int) -> str:
    """The caption in markup: formulas, units, and the letters of the panels in bold where all of them are named."""
    marked = markup.prose(text)
    if panels < 2 or "*{" in marked:
        return marked
    places: list[int] = []
    end = len(marked)
    for letter in reversed("abcdefghijklmnopqrstuvwxyz"[:panels]):
        found = [match.start() for match in re.finditer(rf"(?<![\w.'’/^{{-]){letter}(?=[\s,)])", marked[:end])]
        if not found:
            return marked
        end = found[-1]
        places.append(end)
    for place in places:
        marked = f"{marked[:place]}*{{{marked[place]}}}{marked[place + 1 :]}"
    return marked


def _remarks(notes: tuple[tuple[str, Note], ...]) -> tuple[Remark, ...]:
    """The same words of several results in one remark, the grave ones first."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for subject, note in notes:
        found.setdefault((note.level, note.code, note.text), []).append(subject)
    remarks = [
        Remark(
            level=level,
            code=code,
            text=markup.prose(text),
            subjects=tuple(map(markup.formula, dict.fromkeys(subjects))),
        )
        for (level, code, text), subjects in found.items()
    ]
    return tuple(sorted(remarks, key=lambda remark: LEVELS.index(remark.level)))


def folded(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Three remarks and more of one kind that end in the same words become one: each beginning with whose it is."""
    kinds: dict[tuple[str, str, str], list[Remark]] = {}
    for remark in remarks:
        kinds.setdefault((remark.level, remark.code, remark.text.rpartition(": ")[2]), []).append(remark)
    found: list[Remark] = []
    for (level, code, end), alike in kinds.items():
        begun = [(one.subjects, one.text.removesuffix(end).removesuffix(": ")) for one in alike]
        if len(alike) < _MANY or not all(begin for _, begin in begun):
            found.extend(alike)
            continue
        parts = [f"{', '.join(subjects)}: {begin}" for subjects, begin in begun[1:]]
        text = f"{'; '.join([begun[0][1], *parts])}: {end}"
        found.append(Remark(level=level, code=code, text=text, subjects=begun[0][0]))
    return tuple(found)


def counted(remarks: tuple[Remark, ...]) -> dict[str, int]:
    """How many notes of each level, over all results."""
    counts = Counter[str]()
    for remark in remarks:
        counts[remark.level] += len(remark.subjects)
    return {level: counts[level] for level in LEVELS if counts[level]}


def origins(document: Document) -> dict[str, Any]:
    """All that the cards on the numbers say: ``{"numbers": {id: ...}, "results": {id: ...}}``, each result once."""
    numbers: dict[str, Any] = {}
    results: dict[str, Any] = {}
    for item in document.items:
        for number in item.numbers:
            numbers[number.id] = _number(number)
            results.setdefault(number.origin.result, _result(number))
    return {"numbers": numbers, "results": results}


def _number(number: Number) -> dict[str, Any]:
    quantity = number.quantity
    return {
        "printed": markup.html(number_text(number.printed)),
        "value": f"{quantity.value:.10g}",
        "std": None if quantity.std is None else f"{quantity.std:.3g}",
        "unit": markup.html(markup.unit(quantity.unit)),
        "kind": quantity.kind,
        "name": number.origin.quantity,
        "label": markup.html(markup.formula(number.origin.label)),
        "formula": number.origin.formula,
        "result": number.origin.result,
    }


def _result(number: Number) -> dict[str, Any]:
    origin = number.origin
    return {
        "technique": origin.technique,
        "version": origin.version,
        "code": origin.code_version,
        "settings": {key: str(value) for key, value in sorted(origin.settings.items()) if value is not None},
        "sources": [[source.path, source.sha256, source.reader, source.size] for source in origin.sources],
        "notes": [[note.level, note.text] for note in origin.notes],
    }
