"""Battery parameter sets (.json, BPX): a table of labels and values for the cell and each electrode, digits kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.document_counts import check_cell_count
from halfcell.audit.extract.common.plain_table import plain_table
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_TEXT_FILE
from halfcell.core.printed_document import Paper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.audit.extract import Progress
    from halfcell.core.raw import RawFile

SUFFIXES = (".json", ".bpx")


def recognises(raw: RawFile) -> bool:
    """A JSON object whose header names BPX."""
    return raw.head.lstrip()[:1] == b"{" and b'"BPX"' in raw.head[:4096]


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read the section "Parameterisation"; numbers keep the digits of the file."""
    try:
        content = json.loads(raw.text(largest=MAX_TEXT_FILE), parse_float=str, parse_int=str)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"not JSON: {error}", hint="is the file complete?") from error
    sections = content.get("Parameterisation") if isinstance(content, dict) else None
    if not isinstance(sections, dict):
        raise InputError("the parameter set has no section 'Parameterisation'")
    tables = []
    for name, section in sections.items():
        values = section if isinstance(section, dict) else {}
        rows = [[label, value] for label, value in values.items() if isinstance(value, str)]
        check_cell_count(2 * len(rows), name)
        if rows:
            tables.append(plain_table(f"Table {name}", name, rows))
    progress(1, 1, "file")
    title = _title(content)
    return Paper(path=str(raw.path), format="bpx", tables=tuple(tables), paragraphs=(title,) if title else ())


def _title(content: Mapping[str, object]) -> str:
    header = content.get("Header")
    return (
        " ".join(str(header.get(key, "")) for key in ("Title", "Description")).strip()
        if isinstance(header, dict)
        else ""
    )
