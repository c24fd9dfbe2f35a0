"""How many letters the fonts of a page of a PDF give meanings to, counted before the maps are read one by one."""

from __future__ import annotations

import re
from typing import Any

from halfcell.audit.extract.common.document_counts import check_count
from halfcell.audit.extract.common.pdf.stream_sizes import unpacked
from halfcell.core.limits import MAX_LETTERS, MAX_MAP

_RANGES = re.compile(rb"begin(?:bf|cid)range(.*?)end(?:bf|cid)range", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*(?:<[^<>]*>|\[[^\[\]]*\]|\d+)")


def check_letter_maps(resources: Any) -> None:
    """Refuse a page whose fonts map more letters than there are.

    Raises
    ------
    InputError
        If a map (`ToUnicode`) is longer than `MAX_MAP`, or all together span more than `MAX_LETTERS`.
    """
    from pdfminer.pdftypes import resolve1

    fonts = resolve1((resolve1(resources) or {}).get("Font")) or {}
    letters = 0
    for font in fonts.values() if isinstance(fonts, dict) else ():
        known = resolve1(font)
        content = unpacked(resolve1(known.get("ToUnicode"))) if isinstance(known, dict) else b""
        check_count(len(content), MAX_MAP, "bytes in the map of one font")
        for part in _RANGES.finditer(content):
            letters += sum(max(int(m[2], 16) - int(m[1], 16), 0) + 1 for m in _RANGE.finditer(part[1]))
        check_count(letters, MAX_LETTERS, "letters in the fonts of one page")
