"""A document as its pages show it: texts with markup, remarks, tables as grids; the same for all formats."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core import markup
from halfcell.core.citations import replace_citations
from halfcell.core.document import Section
from halfcell.render.labels import LETTERS
from halfcell.render.labels import letter as letter_of
from halfcell.report.front_matter import affiliation_lines, author_line
from halfcell.report.references import with_numbered_citations
from halfcell.report.remarks import Remark, counted, folded, remarks
from halfcell.report.submission import submission
from halfcell.report.table_grid import Grid, doubts_in, grid
from halfcell.report.wording import MISSING_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.document import Document, Item, Number
    from halfcell.core.figure import Figure
    from halfcell.core.looks.records import Letters

_ABBREVIATED = re.compile(r"\b(?:[Ff]igs?|[Rr]efs?|[Ee]qs?|vs|cf|ca|approx|resp|Nos?|et al|e\.g|i\.e)$")
_PANELS = re.compile(r":\s+\*\{\(?a\)?[-}]", re.IGNORECASE)  # where a caption begins to tell of its panels
_BEGINS = re.compile(r"(?:^|[.;:,(]\s*|\band\s+)$")  # what stands before the letter of a panel, rather than an article


@dataclass(frozen=True, kw_only=True, eq=False)
class ItemView:
    """An item as it is shown; texts have markup.

    `entry` is its line in the contents: the first sentence of the caption, without citations.
    """

    item: Item
    anchor: str
    name: str
    caption: str
    entry: str
    remarks: tuple[Remark, ...] = ()

    @cached_property
    def grid(self) -> Grid | None:
        """The table as it is set, unless the item failed; made when it is asked for."""
        if not self.item.table or self.item.failure:
            return None
        return grid(self.item.table, {number_key(number): number.id for number in self.item.numbers})

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The notes of the figure itself that no remark repeats."""
        lines = [markup.prose(line) for line in self.figure.notes] if self.figure else []
        return tuple(line for line in lines if not any(line.endswith(remark.text) for remark in self.remarks))

    @property
    def figure(self) -> Figure | None:
        """The figure, unless the item failed."""
        return None if self.item.failure else self.item.figure

    @property
    def counts(self) -> dict[str, int]:
        """How many notes of each level there are."""
        return counted(self.remarks)

    @property
    def minor(self) -> tuple[Remark, ...]:
        """The remarks that only inform."""
        return tuple(remark for remark in self.remarks if remark.level == "info")

    @property
    def serious(self) -> tuple[Remark, ...]:
        """Refusals, doubts and corrections."""
        return tuple(remark for remark in self.remarks if remark.level != "info")

    @property
    def folded(self) -> tuple[Remark, ...]:
        """The serious remarks, those of one kind joined."""
        return folded(self.serious)

    @property
    def on_paper(self) -> tuple[Remark, ...]:
        """The serious remarks that are not printed below the table already, as a footnote or a note."""
        footnotes = doubts_in(self.grid.footnotes) if self.grid else set()
        notes = self.grid.notes if self.grid else ()
        left = (remark for remark in self.serious if not any(note.endswith(remark.text) for note in notes))
        return folded([remark for remark in left if remark.text not in footnotes])


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """A document as it is shown; `counts` are the notes of each level over all items.

    `review` is the document for the laboratory, with every note and origin; the other one is for submission.
    """

    document: Document
    title: str
    subtitle: str
    items: tuple[ItemView, ...]
    review: bool = True
    authors: str = ""
    affiliations: tuple[str, ...] = ()
    methods: tuple[Section, ...] = ()
    references: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def truth(self) -> Grid | None:
        """The comparison with true values as it is set; made when it is asked for."""
        table = self.document.truth
        if table is None or not table.rows:
            return None
        return grid(table, {number_key(one): one.id for item in self.document.items for one in item.numbers})

    @property
    def failed(self) -> tuple[ItemView, ...]:
        """The items that could not be made."""
        return tuple(item for item in self.items if item.item.failure)

    @property
    def incomplete(self) -> tuple[ItemView, ...]:
        """The items that were made without some of their subjects."""
        return tuple(item for item in self.items if item.item.missing)

    @property
    def missing(self) -> str:
        """Which subjects are missing: ``from Table S1 (Si/Sn-10), Fig. S2 (Si); ...``."""
        found = [(item.name, dict.fromkeys(label for label, _ in item.item.missing)) for item in self.incomplete]
        items = ", ".join(f"{name} ({', '.join(map(markup.formula, labels))})" for name, labels in found)
        return MISSING_TEXT.format(items=items)

    def many(self, kind: str) -> int:
        """How many figures or tables there are."""
        return sum(item.item.kind == kind for item in self.items)

    @property
    def number_count(self) -> int:
        """How many numbers can be traced."""
        return sum(len(item.item.numbers) for item in self.items)


def view(document: Document, *, review: bool = True) -> View:
    """Prepare a document for its pages: the review document, or the one for submission.

    Raises
    ------
    InputError
        If a citation names no entry of the bibliography.
    """
    cited = with_numbered_citations(document if review else submission(document))
    uncited = [replace_citations(item.caption, lambda _: "") for item in document.items]
    document = cited.document
    anchors = anchors_of([item.name for item in document.items])
    items = tuple(_item(*one) for one in zip(document.items, anchors, uncited, strict=True))
    return View(
        document=document,
        title=markup.prose(document.title),
        subtitle=markup.prose(document.subtitle),
        items=items,
        review=review,
        authors=author_line(document.authors),
        affiliations=affiliation_lines(document.authors),
        methods=tuple(Section(title=one.title, text=markup.prose(one.text)) for one in document.methods),
        references=cited.references,
        counts=dict(sum((Counter(item.counts) for item in items), Counter())),
    )


def _item(item: Item, anchor: str, uncited: str) -> ItemView:
    figure = None if item.failure else item.figure
    letters = ((figure.look.letters if figure.look else None) or figure.letter_style) if figure else None
    panels = len(figure.panels) if figure and figure.letters and letters != "none" else 0
    return ItemView(
        item=item,
        anchor=anchor,
        name=item.name,
        caption=caption(item.caption, panels, letters),
        entry=_first_sentence(caption(uncited, panels, letters)),
        remarks=remarks(item.notes, item.accepted),
    )


def number_key(number: Number) -> str:
    """The `origin` of the table entry that shows this number."""
    return f"{number.origin.result}:{number.origin.quantity}"


def anchors_of(names: Sequence[str]) -> list[str]:
    """Names as parts of addresses, each its own: ``Fig. S2`` -> ``fig-s2``; of ``Fig. S2'`` then ``fig-s2-2``."""
    anchors: list[str] = []
    for name in names:
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "item"
        number = next(n for n in itertools.count(1) if (plain if n == 1 else f"{plain}-{n}") not in anchors)
        anchors.append(plain if number == 1 else f"{plain}-{number}")
    return anchors


def _first_sentence(text: str) -> str:
    """The first sentence of a caption; the contents do not repeat what the panels show after a colon."""
    ends = re.finditer(r"(?<=[a-z)}\]])\.\s", text)
    end = next((found for found in ends if not _ABBREVIATED.search(text[: found.start()])), None)
    sentence = text[: end.start() + 1] if end else text
    panels = _PANELS.search(sentence)
    return f"{sentence[: panels.start()]}." if panels else sentence


def caption(text: str, panels: int, letters: Letters | None = None) -> str:
    """The caption with markup: formulas, units, and the letters of the panels in bold if all of them are named.

    The letters are written like those in the figure: ``(a)`` in the style of some journals. A range (``c-e``) names all
    of its panels.
    """
    marked = markup.prose(text)
    if panels < 2 or "*{" in marked:
        return marked
    named: list[_Named] = []
    end, last = len(marked), panels - 1
    while last >= 0:
        one = _range(marked[:end], last) or _letter(marked[:end], last)
        if one is None:
            return marked
        named.append(one)
        end, last = one.place, one.first - 1
    for one in named:
        behind = one.place + len(one.written)
        words = "-".join(letter_of(index, letters) for index in dict.fromkeys((one.first, one.last)))
        words = re.sub(r"[()]", "", words) if marked[behind : behind + 1] == ")" else words
        marked = f"{marked[: one.place]}*{{{words}}}{marked[behind:]}"
    return marked


class _Named(NamedTuple):
    """Where a caption names panels: the place, the first and the last of them, and what stands there."""

    place: int
    first: int
    last: int
    written: str


def _range(text: str, last: int) -> _Named | None:
    """The last place that names several panels of which this is the last: ``c-e`` at the beginning of a part."""
    for match in reversed(list(re.finditer(rf"(?<![\w.'’/^{{-])([a-z])-{LETTERS[last]}(?=[\s,)])", text))):
        first = LETTERS.find(match[1])
        if 0 <= first < last and _BEGINS.search(text[: match.start()]):
            return _Named(match.start(), first, last, match[0])
    return None


def _letter(text: str, index: int) -> _Named | None:
    """The last place that names this panel alone, and not an article: ``through a microscope`` names no panel."""
    found = [match.start() for match in re.finditer(rf"(?<![\w.'’/^{{-]){LETTERS[index]}(?=[\s,)])", text)]
    begun = [place for place in found if _BEGINS.search(text[:place])]
    return _Named((begun or found)[-1], index, index, LETTERS[index]) if found else None
