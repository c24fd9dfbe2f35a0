"""The grammar of ``[publication]`` of study.toml: each identifier checked, every mistake with its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from halfcell.core import identifiers
from halfcell.core.publication import Funding, Organisation, Publication, RelatedWork

_CONFIG = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
Relation = Literal[
    "IsSupplementTo", "IsSupplementedBy", "IsCitedBy", "Cites", "IsDocumentedBy", "Documents", "IsDerivedFrom",
    "IsSourceOf", "IsPartOf", "HasPart", "IsReferencedBy", "References", "IsNewVersionOf", "IsPreviousVersionOf",
    "IsDescribedBy", "Describes", "Continues", "IsContinuedBy", "IsIdenticalTo", "IsVariantFormOf", "Requires",
]  # fmt: skip


def as_list(value: object) -> object:
    """A single word is read as a list of one."""
    return [value] if isinstance(value, str | int | float) and not isinstance(value, bool) else value


Text = Annotated[str, Field(min_length=1)]
Words = Annotated[tuple[str, ...], BeforeValidator(as_list)]
Ror = Annotated[str, AfterValidator(lambda text: text and identifiers.ror(text))]
Rors = Annotated[tuple[Ror, ...], BeforeValidator(as_list)]
Orcid = Annotated[str, AfterValidator(lambda text: text and identifiers.orcid(text))]
Address = Annotated[str, AfterValidator(lambda text: text and identifiers.address(text))]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(as_list)]


@dataclass(frozen=True, kw_only=True)
class FundingEntry:
    """A ``[[publication.funding]]``."""

    __pydantic_config__ = _CONFIG
    funder: Text
    ror: Ror = ""
    award: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class RelatedEntry:
    """A ``[[publication.related]]``."""

    __pydantic_config__ = _CONFIG
    id: Annotated[str, AfterValidator(identifiers.address)]
    relation: Relation = "IsSupplementTo"
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicationEntry:
    """``[publication]``."""

    __pydantic_config__ = _CONFIG
    license: Annotated[str, AfterValidator(lambda text: text and identifiers.licence(text).spdx)] = ""
    description: str = ""
    keywords: Words = ()
    funding: tuple[FundingEntry, ...] = ()
    doi: Annotated[str, AfterValidator(lambda text: text and identifiers.doi(text))] = ""
    related: tuple[RelatedEntry, ...] = ()
    eln: Addresses = ()
    publisher: str = ""
    publisher_url: Address = ""
    publisher_ror: Ror = ""
    date: Annotated[str, BeforeValidator(str), AfterValidator(lambda text: text and identifiers.day(text))] = ""
    version: str = ""


def publication(entry: PublicationEntry | None) -> Publication:
    """What the file says of the publication."""
    if entry is None:
        return Publication()
    publisher = Organisation(name=entry.publisher, url=entry.publisher_url, ror=entry.publisher_ror)
    return Publication(
        licence=identifiers.licence(entry.license) if entry.license else None,
        description=entry.description,
        keywords=entry.keywords,
        funding=tuple(
            Funding(funder=Organisation(name=one.funder, ror=one.ror), award=one.award, title=one.title)
            for one in entry.funding
        ),
        doi=entry.doi,
        related=tuple(RelatedWork(url=one.id, relation=one.relation, title=one.title) for one in entry.related),
        eln=entry.eln,
        publisher=publisher if entry.publisher else None,
        date=entry.date,
        version=entry.version,
    )
