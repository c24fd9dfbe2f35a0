"""Number the citations of a document in order of appearance, and make its reference list in the style of a journal."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Self

from halfcell.core import markup
from halfcell.core.citations import bibtex_dois, bibtex_keys, cited_groups, replace_citations, same_works
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from halfcell.core.document import Bibliography, Document, Item
    from halfcell.core.table import Entry, Table

_OPEN: Final = {
    "Italic": "\ue001",
    "Oblique": "\ue001",
    "Bold": "\ue002",
    "Superscript": "\ue003",
    "Subscript": "\ue004",
}
_CLOSE: Final = "\ue000"
_MARKS: Final = {"\ue001": "/", "\ue002": "*", "\ue003": "^", "\ue004": "_"}
_PIECE: Final = re.compile("([\ue001-\ue004])([^\ue000-\ue004]*)\ue000")
_LETTERS: Final = ("alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "mu", "pi", "sigma", "omega")
_GREEK: Final = dict(zip(_LETTERS, "αβγδεθλμπσω", strict=True))
_DOI_ENTRY: Final = re.compile(r"doi:(10\.\S+)", re.IGNORECASE)
_BARE_NUMBER: Final = re.compile(r"(=\s*)(\d+)(\s*[,}\n])")
_TWO_STOPS: Final = re.compile(r"(\bet al\.[\ue000-\ue004]*)\.")
_RUN: Final = re.compile(r"\d+(?:,\d+)+")


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A document whose citations are numbered, and its reference list, one marked-up text per entry."""

    document: Document
    references: tuple[str, ...] = ()


def with_numbered_citations(document: Document) -> Cited:
    """Number the citations of a document; without a bibliography it stays as it is.

    Raises
    ------
    InputError
        If a citation names no entry, or the bibliography or its style cannot be read.
    """
    bibliography = document.bibliography
    if bibliography is None:
        return Cited(document=document)
    dois = bibtex_dois(bibliography.bibtex)
    document = replace(document, items=tuple(_with_cited_dois(item, dois) for item in document.items))
    groups = tuple(dict.fromkeys(group for text in _texts(document) for group in cited_groups(text)))
    if not groups:
        return Cited(document=document)
    unknown = [key for group in groups for key in group if key not in bibtex_keys(bibliography.bibtex)]
    if unknown:
        raise InputError(f"no reference {unknown[0]!r}", "the BibTeX file")
    marks, references = _rendered(bibliography, groups)
    return Cited(document=_with_marks(document, marks), references=references)


def _with_cited_dois(item: Item, dois: Mapping[str, str]) -> Item:
    """An item in whose table each ``doi:10...`` that the bibliography has is a citation."""
    if item.table is None or not dois:
        return item

    def cited(entry: Entry | None) -> Entry | None:
        found = _DOI_ENTRY.fullmatch(entry.text) if entry else None
        key = dois.get(found.group(1).lower()) if found else None
        return replace(entry, text=f"[@{key}]") if entry and key else entry

    rows = tuple(tuple(map(cited, row)) for row in item.table.rows)
    return replace(item, table=replace(item.table, rows=rows))


def _texts(document: Document) -> Iterator[str]:
    """All texts that may cite, in the order in which they are printed."""
    yield from (section.text for section in document.methods)
    for item in document.items:
        yield item.caption
        if item.table is not None:
            entries = [entry for row in item.table.rows for entry in row if entry is not None]
            yield from (text for entry in entries for text in (entry.text, entry.doubt))
            yield from item.table.notes
        if item.figure is not None:
            yield from item.figure.notes
        yield from (one.reason for one in item.accepted)


def _with_marks(document: Document, marks: Mapping[tuple[str, ...], str]) -> Document:
    """The document with the printed mark in the place of each citation."""

    def shown(text: str) -> str:
        return replace_citations(text, marks.__getitem__).lstrip() if "[@" in text else text

    return replace(
        document,
        methods=tuple(replace(section, text=shown(section.text)) for section in document.methods),
        items=tuple(
            replace(
                item,
                caption=shown(item.caption),
                table=_table(item.table, shown) if item.table else None,
                figure=replace(item.figure, notes=tuple(map(shown, item.figure.notes))) if item.figure else None,
                accepted=tuple(replace(one, reason=shown(one.reason)) for one in item.accepted),
            )
            for item in document.items
        ),
    )


def _table(table: Table, shown: Any) -> Table:
    rows = tuple(
        tuple(replace(one, text=shown(one.text), doubt=shown(one.doubt)) if one else None for one in row)
        for row in table.rows
    )
    return replace(table, rows=rows, notes=tuple(map(shown, table.notes)))


class _Formatter:
    """How citeproc writes italics and the like: signs that no text has, which become our markup afterwards."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)


def _wrapping(sign: str) -> type[str]:
    """A kind of text between a sign and its end."""

    class Wrapped(str):
        __slots__ = ()

        def __new__(cls, text: object) -> Self:
            return super().__new__(cls, f"{sign}{text}{_CLOSE}" if sign else str(text))

    return Wrapped


for _name in ("Italic", "Oblique", "Bold", "Superscript", "Subscript", "Light", "Underline", "SmallCaps"):
    setattr(_Formatter, _name, _wrapping(_OPEN.get(_name, "")))


def _rendered(
    bibliography: Bibliography, groups: Iterable[tuple[str, ...]]
) -> tuple[dict[tuple[str, ...], str], tuple[str, ...]]:
    """The mark of each citation, and the reference list."""
    import citeproc

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc warns of each field that it does not know
        style = citeproc.CitationStylesStyle(_style(bibliography.style), validate=False)
        made = citeproc.CitationStylesBibliography(style, _source(bibliography.bibtex), _Formatter)
        first = same_works(bibliography.bibtex)  # of a work that the author and halfcell both cite
        works = {group: dict.fromkeys(first.get(key, key).lower() for key in group) for group in groups}
        citations = {
            group: citeproc.Citation([citeproc.CitationItem(key) for key in keys]) for group, keys in works.items()
        }
        for citation in citations.values():
            made.register(citation)
        marks = {group: _ranges(_marked(str(made.cite(one, lambda _: None)))) for group, one in citations.items()}
        return marks, tuple(_reference(str(entry)) for entry in made.bibliography())


def _source(bibtex: str) -> Any:
    """The entries of a BibTeX file.

    Raises
    ------
    InputError
        If citeproc cannot read it.
    """
    from citeproc.source.bibtex import BibTeX

    class WithLinks(BibTeX):  # type: ignore[misc]
        fields = {**BibTeX.fields, "url": "URL"}  # noqa: RUF012

    try:
        return WithLinks(io.StringIO(_BARE_NUMBER.sub(r"\1{\2}\3", bibtex)))  # it cannot read pages = 7
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, EOFError) as error:
        raise InputError(
            f"the BibTeX file cannot be read: {error}", hint="look for a missing brace or comma"
        ) from error


def _style(name: str) -> Any:
    """A style: one that comes with halfcell, or the text of a CSL file."""
    if name.lstrip().startswith("<"):
        return io.BytesIO(name.encode())
    return io.BytesIO(resources.files("halfcell.report").joinpath("styles", f"{name}.csl").read_bytes())


def _marked(text: str) -> str:
    """citeproc's signs as our markup; of nested ones the inner."""
    while _PIECE.search(text):
        text = _PIECE.sub(lambda match: f"{_MARKS[match.group(1)]}{{{match.group(2)}}}", text)
    return re.sub("[\ue000-\ue004]", "", text)


def _ranges(text: str) -> str:
    """Three or more numbers in a row as a range: ``1,2,3,5`` -> ``1–3,5``."""

    def joined(match: re.Match[str]) -> str:
        numbers = sorted(map(int, match.group().split(",")))
        parts: list[list[int]] = []
        for number in numbers:
            if parts and number == parts[-1][-1] + 1:
                parts[-1].append(number)
            else:
                parts.append([number])
        shown = (f"{part[0]}–{part[-1]}" if len(part) > 2 else ",".join(map(str, part)) for part in parts)
        return ",".join(shown)

    return _RUN.sub(joined, text)


def _reference(text: str) -> str:
    """A reference with markup: LaTeX's mathematics and formulas of the title as sub- and superscripts.

    citeproc-py puts the full stop of a sentence after that of ``et al.``, too.
    """
    text = _TWO_STOPS.sub(r"\1", text)
    text = re.sub(r"\$([_^])\{?([^$}]*)\}?\$", r"\1{\2}", _marked(text))
    text = re.sub(r"\\(\w+)", lambda match: _GREEK.get(match.group(1), match.group(1)), text).replace("$", "")
    start, link, rest = text.partition("https://")
    return markup.formula(start) + link + rest
