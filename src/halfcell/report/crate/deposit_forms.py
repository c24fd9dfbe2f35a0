"""The forms that repositories read from a folder: ``.zenodo.json``, ``CITATION.cff``, and a README for people."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Final

from halfcell.core import markup
from halfcell.report.properties import properties_of

if TYPE_CHECKING:
    from halfcell.core.document import Author, Document

ZENODO: Final = ".zenodo.json"
CITATION: Final = "CITATION.cff"
README: Final = "README.md"
_PACKED: Final = """
To check this archive as a whole (every file by its hash, every printed number computed anew from the raw files):

    halfcell verify ARCHIVE.zip

`environment.json` says what it was computed with, `requirements.txt` installs the same versions, and
`sha256sum --check manifest-sha256.txt` compares the files without halfcell.
"""


def zenodo(document: Document, date: str) -> str:
    """The text of ``.zenodo.json``: the metadata that Zenodo takes for a deposit [1]_.

    References
    ----------
    .. [1] https://developers.zenodo.org/#representation (deposit metadata)
    """
    facts, about = properties_of(document), document.publication
    grants = [f"{one.funder.name} {one.award}".strip() for one in about.funding]
    content: dict[str, object] = {
        "upload_type": "dataset",
        "title": facts.title,
        "description": f"<p>{escape(facts.description)}</p>",
        "creators": [_creator(author) for author in document.authors],
        "access_right": "open",
        "license": about.licence.spdx.lower() if about.licence else "",
        "keywords": list(facts.keywords),
        "publication_date": about.date or date,
        "version": about.version,
        "doi": about.doi,
        "notes": f"Funding: {'; '.join(grants)}." if grants else "",
        "related_identifiers": [
            {
                "identifier": one.url.removeprefix("https://doi.org/"),
                "relation": one.relation[0].lower() + one.relation[1:],
            }
            for one in about.related
        ],
    }
    filled = {key: value for key, value in content.items() if value not in ("", [])}
    return json.dumps(filled, indent=2, ensure_ascii=False) + "\n"


def _creator(author: Author) -> dict[str, str]:
    """An author; ``family name, given names`` where the family name is known."""
    listed = f"{author.family_name}, {author.given_names}" if author.family_name else author.name
    entry = {"name": listed, "affiliation": "; ".join(author.affiliations), "orcid": author.orcid}
    return {key: value for key, value in entry.items() if value}


def citation(document: Document, date: str) -> str:
    """The text of ``CITATION.cff`` [1]_: YAML, each text in double quotes as JSON writes them.

    References
    ----------
    .. [1] Citation File Format 1.2.0, https://doi.org/10.5281/zenodo.5171937
    """
    facts, about = properties_of(document), document.publication
    lines = ["cff-version: 1.2.0", 'message: "If you use these data, please cite them as below."', "type: dataset"]
    lines += [f"title: {_quoted(facts.title)}", "authors:"]
    lines += [line for author in document.authors for line in _author(author)] or ['  - name: "unknown"']
    lines += [f"abstract: {_quoted(facts.description)}", f"date-released: {about.date or date}"]
    lines += [f"doi: {_quoted(about.doi)}"] if about.doi else []
    lines += [f"license: {about.licence.spdx}"] if about.licence else []
    lines += [f"version: {_quoted(about.version)}"] if about.version else []
    lines += (
        ["keywords:", *(f"  - {_quoted(word)}" for word in dict.fromkeys(facts.keywords))] if facts.keywords else []
    )
    return "\n".join(lines) + "\n"


def _author(author: Author) -> list[str]:
    """A person where the family name is known, else a name that is not taken apart."""
    if author.family_name:
        fields = {"family-names": author.family_name, "given-names": author.given_names}
        fields["affiliation"] = "; ".join(author.affiliations)
    else:
        fields = {"name": author.name}
    fields |= {"email": author.email, "orcid": f"https://orcid.org/{author.orcid}" if author.orcid else ""}
    filled = [f"{key}: {_quoted(value)}" for key, value in fields.items() if value]
    return [f"  {'-' if number == 0 else ' '} {line}" for number, line in enumerate(filled)]


def _quoted(text: str) -> str:
    """A text in double quotes on one line."""
    return json.dumps(re.sub(r"\s+", " ", text), ensure_ascii=False)


def readme(document: Document, study: str, *, is_packed: bool = False) -> str:
    """The text of ``README.md``: what is where, and how to run the study again; of an archive also how to verify it."""
    facts = properties_of(document)
    authors = f"\n{', '.join(facts.authors)}\n" if facts.authors else ""
    licence = document.publication.licence
    packed = _PACKED if is_packed else ""
    terms = f"\nLicence: {licence.name} ({licence.url}).\n" if licence else ""
    return f"""# {markup.plain(document.title)}
{authors}
{facts.description}
{terms}
- `{study}` and the tables beside it: what the study is made from
- `raw` and other folders: the raw files, as the instruments wrote them; those from outside the study in `external`
- `out`: figures, tables, documents, and `numbers.csv` with every number, its settings and files (`datapackage.json`
  explains its columns)
- `study.lock`: which result came from which files, with their sha256
- `ro-crate-metadata.json`: all of this for programs (RO-Crate 1.1, Process Run Crate)

Made by {document.code_version or "halfcell"}. To compute everything again, install it and run, in this folder:

    halfcell run
{packed}"""
