"""Small documents of each format that is audited, and damaged or hostile copies of them."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import printed_documents as written
from halfcell.audit import Settings, audit_file
from halfcell.core.errors import HalfcellError
from halfcell.core.time_limit import time_limit
from mutants import Outcome, mutant
from printed_documents import Document, Table

SEED = 20261129
SECONDS = 10.0  # of computing for one mutant
_TOKENS = re.compile(rb"<[^<>]*>|\\[A-Za-z]+|[{}|&\t;,]|\d+(?:\.\d+)?|\n")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_HUGE = (b"9" * 400, b"-1", b"1e999999999", b"0", b"1000000000", b"\xc3\x28", b"<", b"&amp;" * 50, b"{" * 300)


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
        found.append(Outcome(number, kind, *_judged(path)))
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
        return _in_archive(content, chance)
    streams = list(_STREAM.finditer(content)) if content.startswith(b"%PDF") and chance.randrange(2) else []
    return _in_stream(content, chance.choice(streams), chance) if streams else _spoiled(content, chance)


def _spoiled(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Bytes changed, a piece left out or repeated many times, a mark repeated, or a number made monstrous."""
    kind = chance.choice(["bytes", "left out", "repeated", "nested", "monstrous"])
    start = chance.randrange(len(content))
    piece = content[start : start + chance.choice([1, 10, 100, 1000])]
    if kind == "bytes":
        made = bytearray(content)
        for _ in range(chance.choice([1, 5, 50])):
            made[chance.randrange(len(made))] = chance.randrange(256)
        return kind, bytes(made)
    if kind == "left out":
        return kind, content[:start] + content[start + len(piece) :]
    if kind == "repeated":
        return kind, content[:start] + piece * chance.choice([2, 50, 2000]) + content[start + len(piece) :]
    token = chance.choice(list(_TOKENS.finditer(content)) or [None])
    if token is None:
        return kind, content
    if kind == "nested":
        return kind, content[: token.end()] + token[0] * chance.choice([5, 500, 20_000]) + content[token.end() :]
    return kind, content[: token.start()] + chance.choice(_HUGE) + content[token.end() :]


def _in_archive(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """An archive, one part of which is spoiled."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice([name for name, part in parts.items() if part])
    kind, parts[chosen] = _spoiled(parts[chosen], chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return f"{kind} in a part", made.getvalue()


def _in_stream(content: bytes, stream: re.Match[bytes], chance: random.Random) -> tuple[str, bytes]:
    """A PDF, one stream of which is spoiled; the places of what follows are then wrong, which readers repair."""
    try:
        inner, pack = zlib.decompress(stream[1]), True
    except zlib.error:
        inner, pack = stream[1], False
    kind, made = _spoiled(inner, chance) if inner else ("left out", b"")
    packed = zlib.compress(made) if pack else made
    return f"{kind} in a stream", content[: stream.start(1)] + packed + content[stream.end(1) :]
