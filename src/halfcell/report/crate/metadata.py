"""A study as RO-Crate: its files, its authors and terms, and for each item the action that made it from raw files.

RO-Crate 1.1 [1]_ with the Process Run Crate profile 0.5 [2]_: one ``CreateAction`` per item, with the raw files and
settings as ``object`` and the rendered files as ``result``.

References
----------
.. [1] https://w3id.org/ro/crate/1.1
.. [2] https://w3id.org/ro/wfrun/process/0.5
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.core import markup
from halfcell.report.crate import people
from halfcell.report.crate.actions import Described, action_id, actions, program
from halfcell.report.crate.entities import Entity, each_once, path_id, reference, references
from halfcell.report.crate.files import file_entities
from halfcell.report.crate.subjects import subject_entities
from halfcell.report.properties import described

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.report.crate.copies import Copied
    from halfcell.study.items.deposit import Deposit

METADATA: Final = "ro-crate-metadata.json"
_CONTEXT: Final = ("https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"})
_PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"


def metadata(deposit: Deposit, document: Document, crate: Path, copies: Sequence[Copied], date: str) -> Entity:
    """The content of ``ro-crate-metadata.json``.

    Parameters
    ----------
    deposit
        The deposit with the paths of the crate.
    document
        Its document; its items name their files in the crate.
    crate
        The folder of the crate.
    copies
        The files in it.
    date
        Date of publication.
    """
    about = document.publication
    paths = frozenset(one.path for one in copies)
    subjects = list(subject_entities(deposit.plan.files.subjects))
    identifier = people.identifier(about)
    graph: list[Entity] = [
        _descriptor(),
        _root(document, copies, subjects, date),
        {"@id": _PROFILE, "@type": ["CreativeWork", "Profile"], "name": "Process Run Crate", "version": "0.5"},
        program(document),
        *people.people(document.authors),
        *([people.licence(about.licence)] if about.licence else []),
        *([people.organisation(about.publisher)] if about.publisher else []),
        *people.grants(about.funding),
        *map(people.related_work, about.related),
        *([identifier] if identifier else []),
        *file_entities(deposit, document, crate, copies),
        *subjects,
        *actions(document, Described(crate=crate, paths=paths, date=date)),
    ]
    return {"@context": list(_CONTEXT), "@graph": each_once(graph)}


def _descriptor() -> Entity:
    return {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": reference("https://w3id.org/ro/crate/1.1"),
        "about": reference("./"),
    }


def _root(document: Document, copies: Sequence[Copied], subjects: Sequence[Entity], date: str) -> Entity:
    """The crate itself."""
    about = document.publication
    funders = [people.organisation(one.funder)["@id"] for one in about.funding]
    mentions = [*(action_id(item) for item in document.items), *(entity["@id"] for entity in subjects)]
    return {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": reference(_PROFILE),
        "name": markup.plain(document.title),
        "description": described(document),
        "datePublished": about.date or date,
        "identifier": reference(f"https://doi.org/{about.doi}") if about.doi else None,
        "version": about.version,
        "license": reference(about.licence.url) if about.licence else None,
        "author": references(map(people.author_id, document.authors)),
        "publisher": reference(people.organisation(about.publisher)["@id"]) if about.publisher else None,
        "keywords": ", ".join(about.keywords),
        "funder": references(funders),
        "funding": references(f"#grant-{number}" for number, _ in enumerate(about.funding, start=1)),
        "citation": references(one.url for one in about.related),
        "sameAs": list(about.eln) if len(about.eln) > 1 else "".join(about.eln),
        "hasPart": references(path_id(one.path) for one in copies),
        "mentions": references(mentions),
    }
