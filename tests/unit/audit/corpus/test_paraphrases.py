"""Paraphrases of tables, made by the test: orders of words, spellings of units, layouts, formats; one typing error."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

import printed_documents as written
from halfcell.audit import Settings, audit_file
from printed_documents import Document, Table

with Path(__file__).with_name("paraphrases.toml").open("rb") as _file:
    WORDS = tomllib.load(_file)
UNITS: dict[str, list[str]] = WORDS["unit"]
RELATIONS: dict[str, dict[str, Any]] = WORDS["relation"]
CALCULATED: dict[str, Callable[..., float]] = {
    "efficiency": lambda d, c: 100 * c / d,
    "retention": lambda first, last: 100 * last / first,
    "areal": lambda q, loading: q * loading / 1000,
    "balance": lambda anode, cathode: anode / cathode,
    "conductivity": lambda thickness, area, ohm: 1000 * thickness / 10 / (area * ohm),
    "density": lambda mass, area, thickness: mass / 1000 / (area * thickness / 10_000),
    "specific energy": lambda wh, gram: 1000 * wh / gram,
    "energy": lambda ah, volt: ah * volt,
    "irreversible": lambda d, c: d - c,
    "pores": lambda micro, meso: micro + meso,
    "active loading": lambda coating, share: coating * share / 100,
    "swelling": lambda before, after: 100 * (after - before) / before,
}
WRAPPED = ("{} ({})", "{} [{}]", "{} / {}", "{}, {}", "{} {}")
TEXTS: dict[str, Callable[[Document], str]] = {
    "html": written.html,
    "xml": written.jats,
    "md": written.markdown,
    "tex": written.latex,
}
LAYOUTS = ("columns", "transposed", "row of units", "column of units")
EACH = 16  # paraphrases of each relation


def _numbers(name: str, rng: random.Random) -> list[list[str]]:
    """Three or four rows of invented numbers, the calculated one last."""
    relation = RELATIONS[name]
    rows = []
    for _ in range(rng.choice((3, 4))):
        printed = [f"{rng.uniform(low, high):.{digits}f}" for low, high, digits in relation["inputs"]]
        value = CALCULATED[name](*map(float, printed))
        rows.append([*printed, f"{value:.{relation['digits']}f}"])
    return rows


def _table(name: str, rows: Sequence[Sequence[str]], layout: str, rng: random.Random) -> list[list[str]]:
    """The printed table, in other words each time."""
    columns = RELATIONS[name]["columns"]
    words = [rng.choice(column["words"]) for column in columns]
    units = [rng.choice(UNITS[column["unit"]]) for column in columns]
    names = rng.sample(["Bare", "Coated", "NC-2", "Doped 3 %", "S-900", "Mix B"], len(rows))
    wrap = rng.choice(WRAPPED)
    whole = [wrap.format(word, unit) if unit else word for word, unit in zip(words, units, strict=True)]
    body = [[label, *row] for label, row in zip(names, rows, strict=True)]
    if layout == "columns":
        return [["Sample", *whole], *body]
    if layout == "row of units":
        return [["Sample", *words], ["", *(f"({unit})" if unit else "" for unit in units)], *body]
    turned = [list(line) for line in zip(*body, strict=True)][1:]
    if layout == "transposed":
        return [["Property", *names], *([head, *line] for head, line in zip(whole, turned, strict=True))]
    lines = ([word, unit or "–", *line] for word, unit, line in zip(words, units, turned, strict=True))
    return [["Property", "Unit", *names], *lines]


def _mistyped(text: str, rng: random.Random) -> str:
    """One of the first two digits is another one."""
    places = [place for place, sign in enumerate(text) if sign.isdigit() and text[: place + 1].strip("0.")][:2]
    place = rng.choice(places)
    other = rng.choice([digit for digit in "123456789" if abs(int(digit) - int(text[place])) > 1])
    return text[:place] + other + text[place + 1 :]


def _alarms(table: list[list[str]], suffix: str, caption: str, folder: Path) -> list[Any]:
    path = folder / f"table.{suffix}"
    path.write_text(TEXTS[suffix](Document([Table(caption, table)])), encoding="utf-8")
    return list(audit_file(path, Settings(checklist="none")).alarms)


@pytest.mark.parametrize("name", RELATIONS)
def test_paraphrases(name: str, tmp_path: Path) -> None:
    """No right table raises an alarm; the mistyped number is named in nine of ten."""
    rng = random.Random(name)
    found, missed = 0, []
    for _, suffix, layout in zip(range(EACH), cycle(TEXTS), cycle([*LAYOUTS, "columns"])):
        rows = _numbers(name, rng)
        state = rng.getstate()
        table = _table(name, rows, layout, rng)
        caption = RELATIONS[name]["caption"]
        assert [alarm.explain for alarm in _alarms(table, suffix, caption, tmp_path)] == [], table
        place = rng.randrange(len(rows))
        wrong = _mistyped(rows[place][-1], rng)
        after = rng.getstate()
        rng.setstate(state)
        changed = [[*row[:-1], wrong] if index == place else row for index, row in enumerate(rows)]
        table = _table(name, changed, layout, rng)
        rng.setstate(after)
        named = any(wrong in alarm.explain for alarm in _alarms(table, suffix, caption, tmp_path))
        found += named
        missed += [] if named else [table]
    assert 10 * found >= 9 * EACH, missed
