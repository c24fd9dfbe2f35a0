"""What a repository will ask for and a study does not say: each with the line of study.toml that says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from halfcell.core.document import Author, Document


class Gap(NamedTuple):
    """Something that is missing: what, where to write it in study.toml; `is_needed` where a deposit is refused else."""

    what: str
    where: str
    is_needed: bool = False


def gaps(document: Document) -> tuple[Gap, ...]:
    """What is missing of the metadata of a deposit: what Zenodo demands [1]_, then what it and DataCite recommend.

    Its title is the study's, its type always a data set.

    References
    ----------
    .. [1] https://developers.zenodo.org/#representation (deposit metadata)
    """
    about = document.publication
    found = [
        (document.authors, Gap("creators", '[[author]] name = "..."', True)),
        (about.licence, Gap("a licence", '[publication] license = "CC-BY-4.0"', True)),
        (about.publisher, Gap("a publisher", '[publication] publisher = "Zenodo"')),
        (about.description, Gap("a description", '[publication] description = "..."')),
        (about.keywords, Gap("keywords", '[publication] keywords = ["..."]')),
        (about.date, Gap("the day of publication", '[publication] date = "2026-11-28"')),
        (about.version, Gap("a version", '[publication] version = "1.0"')),
        (about.related, Gap("the paper it belongs to", '[[publication.related]] id = "10.1021/..."')),
    ]
    return (*(gap for value, gap in found if not value), *(gap for one in document.authors for gap in _of(one)))


def _of(author: Author) -> Iterator[Gap]:
    """What is missing of an author."""
    place = f'[[author]] of "{author.name}":'
    asked = {
        "a family name": (author.family_name, 'family_name = "..."'),
        "an affiliation": (author.affiliations, 'affiliation = "..."'),
        "an ORCID iD": (author.orcid, 'orcid = "0000-0002-1825-0097"'),
    }
    for what, (value, line) in asked.items():
        if not value:
            yield Gap(f"{what} of {author.name}", f"{place} {line}")
