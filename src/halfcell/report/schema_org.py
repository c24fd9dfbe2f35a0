"""A study as schema.org describes data sets, for search engines that read the page: JSON-LD [1]_.

References
----------
.. [1] https://schema.org/Dataset
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.report.properties import properties_of

if TYPE_CHECKING:
    from halfcell.core.document import Author, Document
    from halfcell.core.publication import Funding, Organisation

    Entity = dict[str, object]


def schema_org(document: Document) -> Entity:
    """The JSON-LD of a document; what it does not know is left out."""
    facts, about = properties_of(document), document.publication
    content: Entity = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": facts.title,
        "description": facts.description,
        "creator": [_person(author) for author in document.authors],
        "keywords": list(facts.keywords),
        "datePublished": facts.date,
        "version": about.version,
        "license": f"{about.licence.url}.html" if about.licence else "",
        "identifier": f"https://doi.org/{about.doi}" if about.doi else "",
        "publisher": _organisation(about.publisher) if about.publisher else "",
        "funding": [_grant(one) for one in about.funding],
        "citation": [_filled({"@type": "CreativeWork", "@id": one.url, "name": one.title}) for one in about.related],
    }
    return _filled(content)


def _person(author: Author) -> Entity:
    entity: Entity = {
        "@type": "Person",
        "@id": f"https://orcid.org/{author.orcid}" if author.orcid else "",
        "name": author.name,
        "familyName": author.family_name,
        "givenName": author.given_names,
        "affiliation": [
            _filled({"@type": "Organization", "@id": ror, "name": name})
            for name, ror in zip(author.affiliations, (*author.rors, *[""] * len(author.affiliations)), strict=False)
        ],
    }
    return _filled(entity)


def _organisation(one: Organisation) -> Entity:
    return _filled({"@type": "Organization", "@id": one.ror, "name": one.name, "url": one.url})


def _grant(one: Funding) -> Entity:
    grant: Entity = {"@type": "Grant", "identifier": one.award, "name": one.title, "funder": _organisation(one.funder)}
    return _filled(grant)


def _filled(entity: Entity) -> Entity:
    return {key: value for key, value in entity.items() if value not in ("", [])}
