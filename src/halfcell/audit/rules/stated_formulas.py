"""A column follows from the formula that the document prints for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import floor, log10
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.agreeing_rows import best_agreeing, is_mistyped
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, Given, evaluate, number, over, times
from halfcell.audit.formulas.parsing import plain, read_formula
from halfcell.audit.formulas.symbols import (
    bare,
    columns_by_symbol,
    compact,
    constants,
    defined_numbers,
    one,
    symbols_of,
)
from halfcell.audit.formulas.trees import Tree, dimension, filled, names, renamed
from halfcell.audit.interval import Interval, exactly
from halfcell.audit.same_cell import stated
from halfcell.audit.verdicts import agrees
from halfcell.core.units import PLAIN, parse

if TYPE_CHECKING:
    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding
    from halfcell.core.units import Dimension, Unit

FORMULA = (
    "the formula that a caption, a note, a paragraph or the head of a column prints: σ = 1/(R t), j0 = RT/(nF Rct), "
    "L = 2.4e-10 λ⁴ (ID/IG)⁻¹, H³/E²"
)
LIMITS = (
    "Products, quotients, sums and powers whose symbols are heads of the table, numbers that the text defines (A = "
    "1.13 cm2), R, F, kB, NA and π. At least two rows must hold it, and two thirds of all; where raised digits are "
    "lost, or the units of a formula of numbers are not said, the reading counts that holds in most rows."
)
COUNTS = {"n", "z"}  # of electrons
PER = {"m", "A", "S"}  # mass and area: left out where what is divided by them is printed per mass or per area
HEAD = " as the head of a column"  # which says more of a table of two rows than a formula in a text
LEAST = 2  # rows that hold a formula
SET = 100  # a whole number up to this may have been set, and be exact
LONGEST = 20_000  # characters of the text that is searched
WAYS = 24  # readings of one formula that are tried
_BEFORE = re.compile(r"([^\s=,;:]+)\s*$")
_PLACES = 0xE000  # signs for private use stand for symbols that hold signs of calculation


class _Value(NamedTuple):
    """What a symbol stands for, and its unit."""

    expression: Expression
    unit: Unit


_Making = Callable[[Tree, Mapping[str, "_Value"], "Reading"], Expression | None]


class _Formula(NamedTuple):
    """A printed formula: the symbol of its result, its readings, and how it is printed."""

    target: str
    trees: tuple[Tree, ...]
    text: str


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check each printed formula in each table that has its columns."""
    numbered = enumerate(facts.paper.paragraphs, start=1)
    paragraphs = [(f"paragraph {place}", text) for place, text in numbered if "=" in text and len(text) <= LONGEST]
    by_table = facts.by_table()
    for table in facts.paper.tables:
        records = by_table.get(table.name, ())
        near = [(table.name, text) for text in (table.caption, *table.notes)]
        if len(records) >= LEAST:
            yield from _of_table(records, [*near, *paragraphs], facts)


def _of_table(records: Sequence[Record], texts: Sequence[tuple[str, str]], facts: Facts) -> Iterator[Claim]:
    words = [text for _, text in texts if len(text) <= LONGEST]
    labels = {reading.label for record in records for reading in record.readings}
    symbols = {label: tuple(dict.fromkeys(symbols_of(label, words))) for label in labels}
    rows = [columns_by_symbol(record, symbols) for record in records]
    given = _given(texts, facts)
    known = {symbol for row in rows for symbol in row} | {*given}
    done: set[tuple[str, str]] = set()
    for formula in (*(f for text in words for f in _formulas(text, known, rows)), *_heads(rows)):
        if (formula.target, formula.text) not in done:
            done.add((formula.target, formula.text))
            yield from _claims(formula, records, rows, given, facts)


def _given(texts: Sequence[tuple[str, str]], facts: Facts) -> dict[str, _Value]:
    """The numbers that do not stand in the table."""
    found = {symbol: _Value(*pair) for symbol, pair in constants().items()}
    found |= {symbol: _Value(*one()) for symbol in (*COUNTS, *PER)}
    temperature = _temperature(facts)
    if temperature:
        found["T"] = temperature
    for where, text in reversed(texts):
        if len(text) <= LONGEST:
            found |= {s: _value(s, r) for s, r in defined_numbers(where, text).items() if r.unit.kind != "degC"}
    return found


def _temperature(facts: Facts) -> _Value | None:
    """The one temperature that the texts name."""
    found = {r.point for r in stated(facts, "temperature", "°C") if r.upper is None}
    if len(found) != 1:
        return None
    celsius = next(iter(found))
    interval = Interval(celsius + 273, celsius + Fraction("273.15"))
    return _Value(Constant(interval, f"{float(interval.high):g} K"), parse("K") or PLAIN)


def _formulas(text: str, known: set[str], rows: Sequence[Mapping[str, Reading]]) -> Iterator[_Formula]:
    """The formulas of a text whose result is a column."""
    columns = {symbol for row in rows for symbol in row}
    for place in (match.start() for match in re.finditer("=", text)):
        before = _BEFORE.search(text[:place])
        target = _column(compact(before[1].lstrip("([")), columns) if before else ""
        if before is None or not target:
            continue
        behind = text[place + 1 : place + 200]
        trees = _trees(behind, known)
        useful = tuple(tree for tree in trees if columns & {*names(tree)} - {target} and target not in names(tree))
        if useful:
            yield _Formula(target, useful, f"{before[1]} = {behind[:60].split('  ')[0].strip()}")


def _heads(rows: Sequence[Mapping[str, Reading]]) -> Iterator[_Formula]:
    """The heads that are formulas of other columns themselves: ``H/E``, ``Λη``."""
    columns = {symbol for row in rows for symbol in row}
    for target in sorted(symbol for symbol in columns if len(symbol) > 1):
        own = {row[target].label for row in rows if target in row}
        trees = _trees(target, columns - {target}) if own and compact(bare(next(iter(own)))) == target else ()
        useful = tuple(tree for tree in trees if len({*names(tree)}) > 1)
        if useful:
            yield _Formula(target, useful, f"{target}{HEAD}")


def _trees(text: str, known: set[str]) -> tuple[Tree, ...]:
    """The readings of a formula; symbols with signs of calculation (t+, ID/IG) are replaced while it is read."""
    odd = {symbol: chr(_PLACES + place) for place, symbol in enumerate(sorted(known)) if re.search(r"[+\-/*]", symbol)}
    body = plain(text).replace("_", "")
    for symbol, sign in sorted(odd.items(), key=lambda pair: -len(pair[0])):
        body = body.replace(f"({symbol})", f"({sign})").replace(symbol, sign)
    back = {sign: symbol for symbol, sign in odd.items()}
    return tuple(renamed(tree, back) for tree in read_formula(body, [odd.get(symbol, symbol) for symbol in known]))


def _column(symbol: str, columns: set[str]) -> str:
    """The column that a symbol before a sign of equality names: itself, or alone with a further mark (D of D_Li)."""
    if symbol in columns:
        return symbol
    longer = [name for name in sorted(columns) if name.startswith(symbol) and len(name) > len(symbol)]
    longer = [*{name.lower(): name for name in longer}.values()]  # QC and Qc are one
    word = [name for name in columns if len(symbol) > 3 and name.lower() == symbol.lower()]
    found = word or (longer if symbol and len(symbol) <= 3 else [])
    return found[0] if len(found) == 1 else ""


def _claims(
    formula: _Formula, records: Sequence[Record], rows: Sequence[Mapping[str, Reading]],
    given: Mapping[str, _Value], facts: Facts,
) -> Iterator[Claim]:  # fmt: skip
    """The claims of the reading of a formula that holds in most rows; set numbers (Q = 5 mAh) are tried as exact."""
    rounding = facts.settings.rounding
    exact = {symbol: _exact(value) for symbol, value in given.items()}
    if any(exact[symbol] is not given[symbol] for symbol in exact):
        best = best_agreeing(_ways(formula, records, rows, exact, facts), rounding)
        broken = [claim for claim in best if not agrees(claim, rounding)]
        if len(best) > LEAST and len(broken) == 1 and is_mistyped(broken[0], rounding):
            yield from best
            return
    best = best_agreeing(_ways(formula, records, rows, given, facts), rounding)
    broken = [claim for claim in best if not agrees(claim, rounding)]
    holding = len(best) - len(broken)
    of_two = formula.text.endswith(HEAD) and len(broken) == holding == 1 and is_mistyped(broken[0], rounding)
    if of_two or (holding >= LEAST and 3 * holding >= 2 * len(best)):
        yield from best


def _exact(value: _Value) -> _Value:
    """A whole number that the text sets, as exact."""
    given = value.expression
    if not isinstance(given, Given) or given.reading.printed.decimals > 0 or given.reading.printed.value > SET:
        return value
    return value._replace(expression=Constant(exactly(given.reading.point), given.reading.text, (given.reading,)))


def _ways(
    formula: _Formula, records: Sequence[Record], rows: Sequence[Mapping[str, Reading]],
    given: Mapping[str, _Value], facts: Facts,
) -> list[list[Claim]]:  # fmt: skip
    """The claims of each reading of a formula."""
    rounding = facts.settings.rounding
    ways: list[list[Claim]] = []
    pairs = [(record, row) for record, row in zip(records, rows, strict=True) if formula.target in row]
    for tree in formula.trees:
        makes: list[_Making] = [_with_units, *(partial(_per_area, area=a) for a in _areas(facts)), _of_numbers]
        for make in makes:
            made = [
                _claim(formula, record, row[formula.target], tree, make, {**given, **_of_row(row)})
                for record, row in pairs
            ]
            kept = [claim for claim in made if claim]
            ways += _scaled(kept, rounding) if make is _of_numbers else [kept]
    return ways[:WAYS]


def _of_row(row: Mapping[str, Reading]) -> dict[str, _Value]:
    return {symbol: _value(symbol, reading) for symbol, reading in row.items()}


def _value(symbol: str, reading: Reading) -> _Value:
    """A printed number; a number of electrons is exact."""
    exact = symbol in COUNTS and reading.printed.value.denominator == 1 and not reading.unit.text
    return _Value(number(reading.printed.value) if exact else Given(reading), reading.unit)


def _areas(facts: Facts) -> list[Reading]:
    """The one stated area."""
    found = {r.point: r for r in stated(facts, "area", "cm2")}
    return [*found.values()] if len(found) == 1 else []


def _claim(
    formula: _Formula, record: Record, target: Reading, tree: Tree, make: _Making, values: Mapping[str, _Value]
) -> Claim | None:
    held = {name: values[name] for name in names(tree) if name in values}
    expression = make(tree, held, target) if len(held) == len({*names(tree)}) else None
    if expression is None:
        return None
    return Claim(
        rule="stated_formulas",
        what=f"{target.label} of {record.name} by the printed formula",
        target=target,
        direct=expression,
        because=f"the document prints {formula.text}",
        severity="warning",
        ask="Which of the numbers were used in the formula?",
    )


def _dimension(tree: Tree, held: Mapping[str, _Value]) -> Dimension | None:
    return dimension(tree, {name: value.unit.dimension for name, value in held.items()})


def _with_units(tree: Tree, held: Mapping[str, _Value], target: Reading) -> Expression | None:
    """The formula of quantities: its unit is that of the result."""
    fits = _dimension(tree, held) == target.unit.dimension
    return filled(tree, lambda name: held[name].expression) if fits else None


def _per_area(tree: Tree, held: Mapping[str, _Value], target: Reading, area: Reading) -> Expression | None:
    """The formula of quantities, over the stated area that it leaves out."""
    made = _dimension(tree, held)
    if made is None or made[4] - target.unit.dimension[4] != 2 or made[:4] != target.unit.dimension[:4]:
        return None
    return over(filled(tree, lambda name: held[name].expression), area)


def _of_numbers(tree: Tree, held: Mapping[str, _Value], target: Reading) -> Expression:
    """The formula of numbers in the units in which they are printed."""
    return times(filled(tree, lambda name: _bare(held[name])), number(target.unit.scale, target.unit.text or "1"))


def _bare(value: _Value) -> Expression:
    """A number without its unit, as a formula of numbers takes it."""
    unit = number(value.unit.scale, f"1 {value.unit.text}")
    return value.expression if value.unit is PLAIN else over(value.expression, unit)


def _scaled(claims: Sequence[Claim], rounding: Rounding) -> Iterator[list[Claim]]:
    """The claims, and where the units leave a power of ten open, with the one that most rows need."""
    yield [*claims]
    powers: dict[int, int] = {}
    for claim in claims:
        found = evaluate(claim.direct, lambda r: r.interval(rounding)) if claim.direct else None
        if found is not None and found.middle > 0 and claim.target.point > 0:
            power = floor(log10(float(claim.target.point / found.middle)) + 0.5)
            powers[power] = powers.get(power, 0) + 1
    power = max(powers, key=lambda one_: powers[one_], default=0)
    if power and powers[power] >= LEAST:
        factor = number(Fraction(10) ** power, f"1e{power:+d}")
        yield [replace(c, direct=times(c.direct, factor)) if c.direct else c for c in claims]
