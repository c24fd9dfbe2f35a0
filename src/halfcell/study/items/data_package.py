"""datapackage.json: the columns of numbers.csv and the other records of a study, as a Frictionless Data Package [1]_.

References
----------
.. [1] Frictionless Standards, Data Package and Table Schema v1, https://specs.frictionlessdata.io
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from halfcell.core import markup
from halfcell.study.items.numbers_file import COLUMNS, FORMAT, NUMERIC, numbers_csv, settings_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.document import Author, Number
    from halfcell.core.publication import Publication


def data_package(title: str, authors: Sequence[Author], publication: Publication, numbers: str, settings: str) -> str:
    """The text of datapackage.json.

    Parameters
    ----------
    title, authors, publication
        What the study says of itself.
    numbers, settings
        The texts of numbers.csv and settings.json, beside which it lies.
    """
    content: dict[str, object] = {
        "profile": "data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", markup.plain(title).lower()).strip("-.") or "study",
        "title": markup.plain(title),
        "version": publication.version,
        "id": f"https://doi.org/{publication.doi}" if publication.doi else "",
        "keywords": list(publication.keywords),
        "contributors": [_contributor(author) for author in authors],
        "licenses": _licences(publication),
        "resources": [_numbers(numbers), _settings(settings)],
    }
    filled = {key: value for key, value in content.items() if value not in ("", [])}
    return json.dumps(filled, indent=1, ensure_ascii=False) + "\n"


def _numbers(text: str) -> dict[str, object]:
    """numbers.csv with its columns."""
    fields = [
        {"name": name, "type": "number" if name in NUMERIC else "string", "description": words}
        for name, words in COLUMNS.items()
    ]
    return {
        "name": "numbers",
        "path": "numbers.csv",
        "profile": "tabular-data-resource",
        "title": "Every number of the figures and tables",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_content(text),
        "schema": {"fields": fields, "missingValues": [""]},
        "halfcell:format": FORMAT,
    }


def _settings(text: str) -> dict[str, object]:
    """settings.json."""
    return {
        "name": "settings",
        "path": "settings.json",
        "title": "The settings that numbers.csv refers to",
        "format": "json",
        "mediatype": "application/json",
        **_content(text),
    }


def _content(text: str) -> dict[str, object]:
    content = text.encode()
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _contributor(author: Author) -> dict[str, str]:
    entry = {
        "title": author.name,
        "role": "author",
        "path": f"https://orcid.org/{author.orcid}" if author.orcid else "",
        "organization": "; ".join(author.affiliations),
    }
    return {key: value for key, value in entry.items() if value}


def _licences(publication: Publication) -> list[dict[str, str]]:
    one = publication.licence
    return [{"name": one.spdx, "path": one.url, "title": one.name}] if one else []


def records(
    numbers: Sequence[Number], title: str, authors: Sequence[Author], publication: Publication
) -> tuple[str, str, str]:
    """The texts of numbers.csv, settings.json and datapackage.json."""
    table, settings = numbers_csv(numbers), settings_json(numbers)
    return table, settings, data_package(title, authors, publication, table, settings)
