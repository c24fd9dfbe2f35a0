"""Small documents of each format that is audited, and damaged or hostile copies of them."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import printed_documents as written
from halfcell.audit import Settings, audit_file
from halfcell.core.errors import HalfcellError
from halfcell.core.time_limit import time_limit
from measured import measured
from mutants import Outcome, mutant
from printed_documents import Document, Table
from spoiled_bytes import spoiled, spoiled_part

SEED = 20261129
SECONDS = 10.0  # of computing for one mutant
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def _document() -> Document:
    heads = ["Material", "Initial discharge capacity (mAh/g)", "Initial charge capacity (mAh/g)", "ICE (%)"]
    rows = [[f"S{n}", f"39{n}6.2", f"32{n}5.4", "83.6"] for n in range(4)]
    table = Table("First cycles of the anodes in half cells", [heads, *rows])
    said = "Table 1 lists the anodes. S1 delivered 3916.2 mAh/g, with a retention of 91.4 % after 100 cycles."
    return Document([table, table], before=[said], after=["The cells were measured at 25 °C."])


def _csv(path: Path) -> None:
    path.write_text("Material;Discharge (mAh/g);Charge (mAh/g);ICE (%)\nA;3916.2;3215.4;82.1\nB;3900;3200;82.1\n")


def _written(make: Callable[[Document], str]) -> Callable[[Path], None]:
    return lambda path: (path.write_text(make(_document()), encoding="utf-8"), None)[1]


FORMATS: dict[str, Callable[[Path], None]] = {
    "html": _written(written.html),
    "xml": _written(written.jats),
    "md": _written(written.markdown),
    "txt": _written(written.markdown),
    "tex": _written(written.latex),
    "csv": _csv,
    "docx": lambda path: written.docx(_document(), path),
    "xlsx": lambda path: written.xlsx(_document(), path),
    "pdf": lambda path: written.pdf(_document(), path),
}


def fuzzed_documents(suffix: str, folder: Path, count: int, salt: str = "") -> list[Outcome]:
    """What comes of auditing `count` mutants of the document of one format, which are written to a folder."""
    chance = random.Random(f"{SEED} {salt}{suffix}")
    whole, path = folder / f"whole.{suffix}", folder / f"a.{suffix}"
    FORMATS[suffix](whole)
    content = whole.read_bytes()
    found = []
    for number in range(count):
        kind, made = document_mutant(content, chance)
        path.write_bytes(made)
        cost = measured(lambda: _judged(path))
        found.append(Outcome(number, kind, *cost.found, cost.seconds, cost.megabytes))
    return found


def _judged(path: Path) -> tuple[str, str]:
    """Whether a mutant is read, refused, or more than that: a traceback or a hang is unexpected."""
    try:
        with time_limit(SECONDS, "FUZZING", path.name, ""):
            audit_file(path, Settings(checklist="none"))
    except HalfcellError as error:
        text = str(error)
        return ("unexpected", text) if " failed: " in text or "FUZZING" in text else ("refused", text)
    return "read", ""


def document_mutant(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """What was done, and the mutant: the file itself damaged, or (archives, PDFs) what is packed in it."""
    if chance.randrange(4) == 0:
        return mutant(content, chance)
    if content.startswith(b"PK") and chance.randrange(4):
        return spoiled_part(content, chance)
    streams = list(_STREAM.finditer(content)) if content.startswith(b"%PDF") and chance.randrange(2) else []
    return _in_stream(content, chance.choice(streams), chance) if streams else spoiled(content, chance)


def _in_stream(content: bytes, stream: re.Match[bytes], chance: random.Random) -> tuple[str, bytes]:
    """A PDF, one stream of which is spoiled; the places of what follows are then wrong, which readers repair."""
    try:
        inner, pack = zlib.decompress(stream[1]), True
    except zlib.error:
        inner, pack = stream[1], False
    kind, made = spoiled(inner, chance) if inner else ("left out", b"")
    packed = zlib.compress(made) if pack else made
    return f"{kind} in a stream", content[: stream.start(1)] + packed + content[stream.end(1) :]
