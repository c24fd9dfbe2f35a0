"""Who and what stands around a study in its crate: authors, organisations, licence, grants, related works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from halfcell.report.crate.entities import Entity, anchor, reference, references

if TYPE_CHECKING:
    from halfcell.core.document import Author
    from halfcell.core.publication import Funding, Licence, Organisation, Publication, RelatedWork


def author_id(author: Author) -> str:
    """The identifier of an author: the ORCID iD, or the name within the crate."""
    return f"https://orcid.org/{author.orcid}" if author.orcid else f"#author-{anchor(author.name)}"


def agent(authors: Sequence[Author]) -> Author | None:
    """Who answers for the analyses: the first author with an address, else the first author."""
    return next((one for one in authors if one.email), next(iter(authors), None))


def people(authors: Sequence[Author]) -> Iterator[Entity]:
    """The authors, their organisations, and how to reach those who have an address."""
    for author in authors:
        organisations = list(_affiliations(author))
        person: Entity = {"@id": author_id(author), "@type": "Person", "name": author.name}
        person["affiliation"] = references(one["@id"] for one in organisations)
        if author.family_name:
            person |= {"familyName": author.family_name, "givenName": author.given_names}
        if author.email:
            contact = f"mailto:{author.email}"
            person |= {"email": author.email, "contactPoint": reference(contact)}
            yield {
                "@id": contact,
                "@type": "ContactPoint",
                "name": f"Contact of {author.name}",
                "contactType": "corresponding author",
                "email": author.email,
            }
        yield person
        yield from organisations


def _affiliations(author: Author) -> Iterator[Entity]:
    for number, name in enumerate(author.affiliations):
        ror = author.rors[number] if number < len(author.rors) else ""
        yield _named(name, ror, ror)


def organisation(one: Organisation) -> Entity:
    """An organisation."""
    return _named(one.name, one.ror, one.url or one.ror)


def _named(name: str, ror: str, url: str) -> Entity:
    entity: Entity = {"@id": ror or url or f"#organisation-{anchor(name)}", "@type": "Organization", "name": name}
    return {**entity, "url": url} if url else entity


def licence(one: Licence) -> Entity:
    """The licence."""
    return {
        "@id": one.url,
        "@type": "CreativeWork",
        "name": one.name,
        "description": f"The terms under which this study may be used: {one.name}.",
        "identifier": one.spdx,
    }


def grants(funding: Sequence[Funding]) -> Iterator[Entity]:
    """The grants and their givers."""
    for number, one in enumerate(funding, start=1):
        giver = organisation(one.funder)
        grant: Entity = {
            "@id": f"#grant-{number}",
            "@type": "Grant",
            "name": one.title or f"{one.funder.name} {one.award}".strip(),
            "funder": reference(giver["@id"]),
        }
        yield {**grant, "identifier": one.award} if one.award else grant
        yield giver


def related_work(one: RelatedWork) -> Entity:
    """Another work."""
    title = one.title or one.url
    return {"@id": one.url, "@type": "CreativeWork", "name": title, "description": f"This study {one.relation} it."}


def identifier(publication: Publication) -> Entity | None:
    """The DOI as a value with its scheme."""
    if not publication.doi:
        return None
    return {
        "@id": f"https://doi.org/{publication.doi}",
        "@type": "PropertyValue",
        "name": "DOI",
        "propertyID": "https://registry.identifiers.org/registry/doi",
        "value": f"doi:{publication.doi}",
        "url": f"https://doi.org/{publication.doi}",
    }
