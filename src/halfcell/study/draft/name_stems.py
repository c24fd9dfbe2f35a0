"""Names that differ only in the number at their end: perhaps cells of one sample."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil

_COUNTED = re.compile(r"(.*\w)[-_ .#]+(?:\d{1,3}|[a-z])")


def stem(name: str) -> str:
    """A name without the number or the letter that counts alike ones: ``Si-10Sn_2`` -> ``Si-10Sn``."""
    match = _COUNTED.fullmatch(name)
    return match[1] if match else name


def alike(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Names of one stem, where there are two or more, in the order of the names."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(stem(name), []).append(name)
    return [tuple(members) for members in found.values() if len(members) > 1]


def in_panels(names: Iterable[str], most: int) -> list[list[str]]:
    """Names in as few panels of at most `most` as can be, about equally full; those of one stem stay together."""
    by_stem: dict[str, list[str]] = {}
    for name in names:
        by_stem.setdefault(stem(name), []).append(name)
    count = sum(map(len, by_stem.values()))
    usual = ceil(count / ceil(count / most)) if count else most
    panels: list[list[str]] = []
    for members in by_stem.values():
        size = ceil(len(members) / ceil(len(members) / most))
        pieces = [members[at : at + size] for at in range(0, len(members), size)]
        for piece in pieces:
            if panels and len(panels[-1]) + len(piece) <= usual:
                panels[-1] += piece
            else:
                panels.append(list(piece))
    return panels
