"""What a publication of a study says of itself: licence, funding, identifiers, related works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """An organisation: its name, its address in the web, its identifier in the Research Organization Registry."""

    name: str
    url: str = ""
    ror: str = ""


@dataclass(frozen=True, kw_only=True)
class Funding:
    """A grant: who gives it, its number and title."""

    funder: Organisation
    award: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class RelatedWork:
    """Another work: its address (a DOI as ``https://doi.org/...``), and what the study is to it.

    `relation` is a relation type of DataCite [1]_, such as ``IsSupplementTo``.

    References
    ----------
    .. [1] DataCite Metadata Schema, controlled list relationType. https://schema.datacite.org
    """

    url: str
    relation: str = "IsSupplementTo"
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Licence:
    """A licence: its identifier in the SPDX list, its name and its address."""

    spdx: str
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What ``[publication]`` of study.toml says; empty where it says nothing.

    `doi` is without its resolver, `eln` the addresses of the entries in an electronic notebook, `date` the day of
    publication.
    """

    licence: Licence | None = None
    description: str = ""
    keywords: tuple[str, ...] = ()
    funding: tuple[Funding, ...] = ()
    doi: str = ""
    related: tuple[RelatedWork, ...] = ()
    eln: tuple[str, ...] = ()
    publisher: Organisation | None = None
    date: str = ""
    version: str = ""
