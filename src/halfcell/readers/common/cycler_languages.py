"""Cyclers' tables whose column heads are in another language: one TOML file per language in `languages/`."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.readers.common.cycler_dialect import Dialect, assign, with_commas

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
_LONGEST = 4000  # characters of a line of column heads
_SHOWN = ("voltage_volt", "current_ampere")
_TIMES = ("test_time_second", "step_time_second", "unix_time_second")


@dataclass(frozen=True, kw_only=True)
class _Language:
    """What a language's file says: the dialect, the encodings of such files, the words for voltage."""

    dialect: Dialect
    encodings: tuple[str, ...]
    voltage: tuple[str, ...]


@cache
def _languages() -> tuple[_Language, ...]:
    found = []
    for path in sorted(_FOLDER.glob("*.toml")):
        with path.open("rb") as file:
            found.append(_read(path.stem, tomllib.load(file)))
    return tuple(found)


def find(content: bytes) -> tuple[Dialect, str] | None:
    """The language of a text's column heads, as a dialect, and the encoding of the text; None if there is none."""
    for language in _languages():
        for encoding in language.encodings:
            try:
                text = with_commas(content.decode(encoding))
            except UnicodeDecodeError:
                continue
            line = _head_line(text, language)
            if line:
                expression = f"^{re.escape(line)}$"
                return dataclasses.replace(language.dialect, sniff=expression), encoding
    return None


def find_heads(heads: Sequence[str]) -> Dialect | None:
    """The dialect of the language of some column heads; None if they are in no known language."""
    return next((one.dialect for one in _languages() if _is_head(heads, one.dialect)), None)


def _head_line(text: str, language: _Language) -> str:
    """The line with the column heads, or nothing."""
    for line in text.split("\n"):
        if len(line) < _LONGEST and any(word in line for word in language.voltage):
            cells = [cell.strip().strip('"').strip() for cell in line.split(",")]
            if _is_head(cells, language.dialect):
                return line
    return ""


def _is_head(cells: Sequence[str], dialect: Dialect) -> bool:
    """Whether voltage, current and a time are among the column heads."""
    found = assign(dialect, cells)
    return all(name in found for name in _SHOWN) and any(name in found for name in _TIMES)


def _read(name: str, table: dict[str, Any]) -> _Language:
    columns = {column: tuple(_head(column, word) for word in words) for column, words in table["heads"].items()}
    dialect = Dialect(
        name=name,
        summary=f"cycler text export with {table['name']} column heads",
        instrument="",
        sniff="",
        columns=columns,
        charge=tuple(table["charge"]),
        discharge=tuple(table["discharge"]),
        unsigned=True,
        day_first=bool(table.get("day_first", False)),
    )
    voltage = tuple(table["heads"]["voltage_volt"])
    return _Language(dialect=dialect, encodings=tuple(table["encodings"]), voltage=voltage)


def _head(column: str, word: str) -> str:
    """An expression of a column head: the word, and the unit where the kind of column needs one."""
    text = re.escape(word)
    unit = next((units for end, units in _UNITS.items() if column.endswith(end)), "")
    if unit:
        return f"{text}{_OPEN}(?P<unit>{unit}){_CLOSE}"
    if column.endswith("_second"):
        return f"{text}(?:{_OPEN}(?P<unit>{_TIME}){_CLOSE})?"
    return f"{text}(?:{_OPEN}.*)?" if column.endswith("_celsius") else text
