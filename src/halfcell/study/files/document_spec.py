"""What study.toml says of the document around figures and tables: authors, references, methods, accepted doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.document import Author
from halfcell.core.publication import Publication

if TYPE_CHECKING:
    from halfcell.study.files.line_numbers import KeyPath


@dataclass(frozen=True, kw_only=True)
class AcceptedDoubt:
    """Notes that the author accepts: those with the `code`, of the items and subjects named (or of all), and why."""

    code: str
    reason: str
    items: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    path: KeyPath = ()


@dataclass(frozen=True, kw_only=True)
class References:
    """The BibTeX file, and the style of the list: a name, or the path of a CSL file."""

    file: str
    style: str = "acs"


@dataclass(frozen=True, kw_only=True)
class DocumentSpec:
    """What stands around the items of the document; `methods` are own words by technique."""

    authors: tuple[Author, ...] = ()
    references: References | None = None
    methods: Mapping[str, str] = field(default_factory=dict)
    accepted: tuple[AcceptedDoubt, ...] = ()
    publication: Publication = field(default_factory=Publication)
