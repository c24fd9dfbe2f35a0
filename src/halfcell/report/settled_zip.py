"""Office files without a clock inside, so that equal documents have equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_DATES: Final = re.compile(rb"<dcterms:(created|modified)([^>]*)>[^<]*</dcterms:\1>")
_PROGRAM: Final = re.compile(rb"<Application>[^<]*</Application>")


def settled(content: bytes, date: str = "") -> bytes:
    """The same file with fixed times of its parts, and with the properties that are true.

    Its properties say the day of publication, and no day where `date` is empty; the program that made it is halfcell,
    not the one that made the template.
    """
    day = rf"<dcterms:\1\2>{date}T00:00:00Z</dcterms:\1>".encode() if date else b""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            part = old.read(entry.filename)
            if entry.filename == "docProps/core.xml":
                part = _DATES.sub(day, part)
            if entry.filename == "docProps/app.xml":
                part = _PROGRAM.sub(b"<Application>halfcell</Application>", part)
            new.writestr(fixed, part)
    return buffer.getvalue()
