"""The properties of a document's files, the same for all formats: title, authors, keywords, what it is, its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from halfcell.core import markup

if TYPE_CHECKING:
    from halfcell.core.document import Document

_DESCRIPTION: Final = (
    "Supplementary information made from raw instrument files; each figure and table names its sources."
)
_SIMULATED: Final = "The raw files were simulated by halfcell: it shows the analysis, not the chemistry."


class Properties(NamedTuple):
    """What the properties of a file say; `date` is the day of publication, empty if it is not set."""

    title: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    description: str
    date: str


def properties_of(document: Document) -> Properties:
    """The properties of a document."""
    about = document.publication
    return Properties(
        title=markup.plain(document.title),
        authors=tuple(author.name for author in document.authors),
        keywords=about.keywords,
        description=described(document),
        date=about.date,
    )


def described(document: Document) -> str:
    """What the study is, in the author's words or ours; that it is simulated is always said."""
    words = document.publication.description or _DESCRIPTION
    return f"{words} {_SIMULATED}" if document.simulated else words
