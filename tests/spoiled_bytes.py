"""Copies of a file with bytes changed, pieces left out or repeated, or monstrous numbers, also within an archive."""

from __future__ import annotations

import io
import random
import re
import zipfile
from typing import Final

_TOKENS: Final = re.compile(rb"<[^<>]*>|\\[A-Za-z]+|[{}|&\t;,]|\d+(?:\.\d+)?|\n")
_HUGE: Final = (
    *(b"9" * 400, b"-1", b"1e999999999", b"0", b"1000000000"),
    *(b"\xc3\x28", b"<", b"&amp;" * 50, b"{" * 300),
)
_COUNTS: Final = (0, 0xFF, 0x7F, 0x80)
"""Bytes that make a count, an offset or an exponent of a binary file as small or as large as it can be."""


def spoiled(content: bytes, chance: random.Random) -> tuple[str, bytes]:
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


def spoiled_part(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """An archive, one part of which is spoiled and packed again, so that its checksum fits."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice([name for name, part in parts.items() if part])
    kind, parts[chosen] = spoiled_file(parts[chosen], chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return f"{kind} in a part", made.getvalue()


def spoiled_file(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """A file of an instrument, spoiled: text, binary (often in its head, where counts and places stand), or archive."""
    if content.startswith(b"PK") and chance.randrange(4):
        return spoiled_part(content, chance)
    if b"\0" in content[:65536] and chance.randrange(2):
        made = bytearray(content)
        start = chance.randrange(min(len(made), chance.choice([64, 512, 4096, len(made)])))
        for place in range(start, min(start + chance.choice([1, 2, 4, 8]), len(made))):
            made[place] = chance.choice([*_COUNTS, chance.randrange(256)])
        return "field of the head", bytes(made)
    return spoiled(content, chance)
