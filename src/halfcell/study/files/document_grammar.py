"""The grammar of what study.toml says of the document: authors, references, methods, accepted doubts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from halfcell.core.document import Author
from halfcell.core.vocabulary import technique_name
from halfcell.study.files.document_spec import AcceptedDoubt, DocumentSpec, References

_CONFIG = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
Text = Annotated[str, Field(min_length=1)]


def as_list(value: object) -> object:
    """A single word is read as a list of one."""
    return [value] if isinstance(value, str | int | float) and not isinstance(value, bool) else value


Words = Annotated[tuple[str, ...], BeforeValidator(as_list)]


@dataclass(frozen=True, kw_only=True)
class AuthorEntry:
    """An ``[[author]]``."""

    __pydantic_config__ = _CONFIG
    name: Text
    affiliation: Words = ()
    email: str = ""
    orcid: str = ""


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


INNER = {"author": AuthorEntry, "references": ReferencesEntry, "accept": AcceptEntry}


def document_spec(top: DocumentEntries) -> DocumentSpec:
    """What the file says of the document."""
    return DocumentSpec(
        authors=tuple(
            Author(name=one.name, affiliations=one.affiliation, email=one.email, orcid=one.orcid) for one in top.author
        ),
        references=References(file=top.references.file, style=top.references.style) if top.references else None,
        methods={technique_name(name): text for name, text in top.methods.items()},
        accepted=tuple(
            AcceptedDoubt(
                code=one.code, reason=one.reason, items=one.items, subjects=one.subjects, path=("accept", number)
            )
            for number, one in enumerate(top.accept)
        ),
    )
