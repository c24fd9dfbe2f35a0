"""Cyclers' tables whose column heads are in another language: one TOML file per language in `languages/`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.readers.common.cycler_dialect import Dialect

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLDER = Path(__file__).with_name("languages")
_OPEN, _CLOSE = r"\s*[(\[（/]\s*", r"\s*[)\]）]?"
_UNITS = {  # the units in which a kind of column is written; they must be given
    "_volt": "m?V",
    "_ampere": "[muµμ]?A",
    "_ah": "[muµμ]?Ah",
    "_wh": "[muµμ]?Wh",
    "_watt": "m?W",
}
_TIME = "s|ms|min|h"
_SHOWN = ("voltage_volt", "current_ampere")
_TIMES = ("test_time_second", "step_time_second", "unix_time_second")


@cache
def languages() -> tuple[tuple[Dialect, tuple[str, ...]], ...]:
    """The dialect of each language, with the encodings in which such files are written."""
    found = []
    for path in sorted(_FOLDER.glob("*.toml")):
        with path.open("rb") as file:
            found.append(_read(path.stem, tomllib.load(file)))
    return tuple(found)


def find(content: bytes) -> tuple[Dialect, str] | None:
    """The language of a text's column heads, as a dialect, and the encoding of the text; None if there is none."""
    for dialect, encodings in languages():
        for encoding in encodings:
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if dialect.fits(text):
                return dialect, encoding
    return None


def _read(name: str, table: dict[str, Any]) -> tuple[Dialect, tuple[str, ...]]:
    columns = {column: tuple(_head(column, word) for word in words) for column, words in table["heads"].items()}
    times = [head for column in _TIMES for head in columns.get(column, ())]
    needed = [*(columns[column] for column in _SHOWN), times]
    dialect = Dialect(
        name=name,
        summary=f"cycler text export with {table['name']} column heads",
        instrument="",
        sniff="^" + "".join(_in_line(heads) for heads in needed) + r"[^\n]*$",
        columns=columns,
        charge=tuple(table["charge"]),
        discharge=tuple(table["discharge"]),
        unsigned=True,
        day_first=name not in {"japanese", "korean"},
    )
    return dialect, tuple(table["encodings"])


def _head(column: str, word: str) -> str:
    """An expression of a column head: the word, and the unit where the kind of column needs one."""
    text = re.escape(word)
    unit = next((units for end, units in _UNITS.items() if column.endswith(end)), "")
    if unit:
        return f"{text}{_OPEN}(?P<unit>{unit}){_CLOSE}"
    if column.endswith("_second"):
        return f"{text}(?:{_OPEN}(?P<unit>{_TIME}){_CLOSE})?"
    return f"{text}(?:{_OPEN}.*)?" if column.endswith("_celsius") else text


def _in_line(heads: Sequence[str]) -> str:
    """That one of some heads is a cell of the line."""
    plain = "|".join(head.replace("(?P<unit>", "(?:") for head in heads)
    return rf'(?=(?:[^\n]*,)?\s*"?(?:{plain})\s*"?\s*(?:,|$))'
