"""The grammar of what study.toml says of the document: authors, references, methods, accepted doubts."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import ConfigDict

from halfcell.core.document import Author
from halfcell.core.vocabulary import technique_name
from halfcell.study.files.document_spec import AcceptedDoubt, DocumentSpec, References
from halfcell.study.files.publication_grammar import (
    FundingEntry,
    Orcid,
    PublicationEntry,
    RelatedEntry,
    Rors,
    Text,
    Words,
    publication,
)

_CONFIG = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


@dataclass(frozen=True, kw_only=True)
class AuthorEntry:
    """An ``[[author]]``."""

    __pydantic_config__ = _CONFIG
    name: Text
    affiliation: Words = ()
    email: str = ""
    orcid: Orcid = ""
    ror: Rors = ()
    family_name: str = ""


@dataclass(frozen=True, kw_only=True)
class ReferencesEntry:
    """``[references]``."""

    __pydantic_config__ = _CONFIG
    file: Text
    style: Text = "acs"


@dataclass(frozen=True, kw_only=True)
class AcceptEntry:
    """An ``[[accept]]``."""

    __pydantic_config__ = _CONFIG
    code: Text
    reason: Text
    items: Words = ()
    subjects: Words = ()


@dataclass(frozen=True, kw_only=True)
class DocumentEntries:
    """The keys of study.toml on the document; the grammar of the whole file inherits them."""

    author: tuple[AuthorEntry, ...] = ()
    references: ReferencesEntry | None = None
    methods: dict[str, str] = field(default_factory=dict)
    accept: tuple[AcceptEntry, ...] = ()
    publication: PublicationEntry | None = None


INNER = {
    "author": AuthorEntry,
    "references": ReferencesEntry,
    "accept": AcceptEntry,
    "publication": PublicationEntry,
    "funding": FundingEntry,
    "related": RelatedEntry,
}


def document_spec(top: DocumentEntries) -> DocumentSpec:
    """What the file says of the document."""
    return DocumentSpec(
        authors=tuple(
            Author(
                name=one.name,
                affiliations=one.affiliation,
                email=one.email,
                orcid=one.orcid,
                rors=one.ror,
                family_name=one.family_name,
            )
            for one in top.author
        ),
        references=References(file=top.references.file, style=top.references.style) if top.references else None,
        methods={technique_name(name): text for name, text in top.methods.items()},
        accepted=tuple(
            AcceptedDoubt(
                code=one.code, reason=one.reason, items=one.items, subjects=one.subjects, path=("accept", number)
            )
            for number, one in enumerate(top.accept)
        ),
        publication=publication(top.publication),
    )
