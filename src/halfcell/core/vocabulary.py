"""The words of halfcell: every column, quantity, note and alias, read from `vocabulary.toml`."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any


@cache
def vocabulary() -> dict[str, Any]:
    """Return the whole vocabulary: ``column``, ``quantity``, ``note``, ``alias``."""
    with Path(__file__).with_name("vocabulary.toml").open("rb") as file:
        return tomllib.load(file)


def technique_name(word: str) -> str:
    """Resolve an alias: ``xrd`` -> ``diffraction``; other words come back as they are."""
    return str(vocabulary()["alias"].get(word.lower(), word))


def quantity_word(technique: str, name: str) -> dict[str, str]:
    """Unit, label and meaning of a quantity: of ``Si.lattice_a`` those of ``*.lattice_a``, of ``Rint`` of ``R*``."""
    words: dict[str, dict[str, str]] = vocabulary()["quantity"].get(technique, {})
    general = "*." + name.rsplit(".", 1)[-1] if "." in name else name
    return words.get(name) or words.get(general) or _by_pattern(words, name)


def _by_pattern(words: dict[str, dict[str, str]], name: str) -> dict[str, str]:
    """The longest pattern with a star inside or at its end that fits a name without a dot."""
    fitting = [word for word in words if "*" in word and "." not in word and fnmatchcase(name, word)]
    return words[max(fitting, key=len)] if fitting and "." not in name else {}
