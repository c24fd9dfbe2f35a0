"""Results that a Micromeritics report contains: BET, t-plot, BJH, their settings, the thickness curve."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.readers.common.spreadsheets import number

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.readers.common.spreadsheets import Rows

_NUMBER = re.compile(r"-?\d[\d.,]*(?:[eE][-+]?\d+)?")
_VALUES = {
    "BET Report": {
        "BET Surface Area:": "bet_area",
        "C:": "bet_c",
        "Qm:": "monolayer",
        "Molecular Cross-Sectional Area:": "cross_section_nm2",
    },
    "t-Plot Report": {
        "Micropore Volume:": "micropore_volume",
        "External Surface Area:": "external_area",
        "Density Conversion Factor:": "density_factor",
    },
}
_SUMMARY = (
    ("BJH Adsorption cumulative volume of pores", "bjh_volume_adsorption"),
    ("BJH Desorption cumulative volume of pores", "bjh_volume_desorption"),
    ("BJH Adsorption cumulative surface area of pores", "bjh_area_adsorption"),
    ("BJH Desorption cumulative surface area of pores", "bjh_area_desorption"),
)


def derived(rows: Rows) -> dict[str, Json]:
    """The values of the report by the names of our quantities; empty if it has none."""
    found: dict[str, Json] = {}
    for line, column, head in _blocks(rows):
        for word, key in _VALUES.get(head, {}).items():
            value = _below(rows, line, column, word)
            if value is not None:
                found[key] = value
        if head == "BET Report":
            found |= _window(rows, line, column)
        if head == "t-Plot Report":
            found |= _thickness(rows, line, column)
        if head == "BJH Adsorption Pore Distribution Report":
            found |= _settings(rows, line, column)
        if head == "Summary Report":
            found |= _summary(rows, column)
    return found


def _blocks(rows: Rows) -> list[tuple[int, int, str]]:
    """Line, column and title of each report in the sheet; there are several side by side, or one per sheet."""
    for line, row in enumerate(rows):
        heads = [(line, c, str(cell).strip()) for c, cell in enumerate(row) if isinstance(cell, str)]
        if any(text.endswith("Tabular Report") or text in _VALUES for _, _, text in heads):
            return heads
    return []


def _below(rows: Rows, line: int, column: int, word: str) -> float | None:
    """The number beside a word in the lines below a title."""
    for row in rows[line + 1 : line + 30]:
        if column + 1 < len(row) and str(row[column] or "").strip().lower() == word.lower():
            return first_number(row[column + 1])
    return None


def first_number(cell: object) -> float | None:
    """The first number of a cell: ``194.7493 ± 0.5313 m²/g``, ``1.589,6174 m²/g``, ``9.53000 Å``."""
    if isinstance(cell, int | float):
        return float(cell)
    match = _NUMBER.search(str(cell or ""))
    return number(match[0].rstrip(".,")) if match else None


def _window(rows: Rows, line: int, column: int) -> dict[str, Json]:
    """The pressure range of the report's BET fit, from the rows of its table."""
    inside: list[float] = []
    for row in rows[line + 1 :]:
        cell = row[column] if column < len(row) else None
        if isinstance(cell, float) and 0 < cell < 1:
            inside.append(cell)
        elif inside:
            break
    return {"bet_window": [inside[0], inside[-1]]} if len(inside) > 1 else {}


def _thickness(rows: Rows, line: int, column: int) -> dict[str, Json]:
    """The thickness curve as pairs of relative pressure and thickness (nm)."""
    pairs: list[Json] = []
    started = False
    for row in rows[line + 1 :]:
        cell = row[column] if column < len(row) else None
        started = started or str(cell or "").strip() == "Thickness Curve"
        thickness = row[column + 1] if column + 1 < len(row) else None
        if started and isinstance(cell, float) and isinstance(thickness, float):
            pairs.append([cell, 0.1 * thickness])
        elif started and pairs:
            break
    return {"thickness_curve": pairs} if pairs else {}


def _settings(rows: Rows, line: int, column: int) -> dict[str, Json]:
    """Pore range (nm) and Kelvin factor (nm) of the BJH report."""
    found: dict[str, Json] = {}
    for row in rows[line + 1 : line + 30]:
        word = str(row[column] or "").strip() if column < len(row) else ""
        text = str(row[column + 1] or "") if column + 1 < len(row) else ""
        if word == "Diameter Range:":
            ends = [number(part.rstrip(".,")) for part in _NUMBER.findall(text)]
            if len(ends) == 2 and None not in ends:
                found["pore_limits_nm"] = [0.1 * float(end or 0.0) for end in ends]
        if word == "Adsorbate Property Factor:" and (value := first_number(text)) is not None:
            found["kelvin_factor_nm"] = 0.1 * value
    return found


def _summary(rows: Rows, column: int) -> dict[str, Json]:
    """Volumes and areas of the summary; each value is in the line after its name."""
    found: dict[str, Json] = {}
    for line, row in enumerate(rows[:-1]):
        text = str(row[column] or "").strip() if column < len(row) else ""
        for word, key in _SUMMARY:
            after = rows[line + 1]
            if text == word and column + 1 < len(after) and (value := first_number(after[column + 1])) is not None:
                found[key] = value
    return found
