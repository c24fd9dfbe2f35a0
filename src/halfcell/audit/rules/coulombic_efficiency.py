"""A Coulombic efficiency is the ratio of the two capacities of its cycle; the kind of cell decides which ratio."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.expression import over
from halfcell.audit.verdicts import agrees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "anode half cell: CE = charge / discharge; cathode half cell and full cell: CE = discharge / charge"
LIMITS = (
    "The kind of the cell is taken from the words around the table. If it is not stated, the ratio is used that "
    "agrees with more rows, and a row that it does not agree with is asked about, not failed. If a table about one "
    "kind agrees with the ratio of the other in more rows, its columns are named the other way round, which is noted."
)
Order = Literal["charge / discharge", "discharge / charge"]
ORDERS: tuple[Order, Order] = ("charge / discharge", "discharge / charge")
SETS = (
    ("initial_coulombic_efficiency", "initial_discharge_capacity", "initial_charge_capacity"),
    ("coulombic_efficiency", "discharge_capacity", "charge_capacity"),
)
UNSAID = ("initial_coulombic_efficiency", "discharge_capacity", "charge_capacity")  # the capacities say no cycle


MOST = Fraction(102, 100)


class _Item(NamedTuple):
    """An efficiency with both capacities of its cycle."""

    record: Record
    efficiency: Reading
    discharge: Reading
    charge: Reading
    sure: bool = True  # whether the capacities are said to be of the cycle of the efficiency

    @property
    def expected(self) -> Order | None:
        """The ratio that the kind of the cell asks for."""
        kind = self.record.kind
        return None if kind is None else ORDERS[0] if kind.is_anode_half else ORDERS[1]


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record that prints an efficiency and both capacities of the same cycle."""
    for records in facts.by_table().values():
        items = [item for record in records for item in _items(record)]
        yield from _of_table(items, facts.settings.rounding)


def _items(record: Record) -> Iterator[_Item]:
    for names in (*SETS, UNSAID):
        for unit in ("mAh/g", "mAh/cm2", "mAh"):
            efficiency, discharge, charge = record.one(names[0]), record.one(names[1], unit), record.one(names[2], unit)
            if efficiency and discharge and charge and len({r.at for r in (efficiency, discharge, charge)} - {""}) <= 1:
                later = any((reading.cycle or 1) > 1 for reading in (discharge, charge))
                if names != UNSAID or not later:
                    yield _Item(record, efficiency, discharge, charge, names != UNSAID)


def _of_table(items: Sequence[_Item], rounding: Rounding) -> Iterator[Claim | Finding]:
    """The claims of one table, all with the ratio that its rows follow; cells of another kind keep their own."""
    sure = [item for item in items if item.sure]
    items = sure or items
    scores = {order: sum(agrees(_claim(item, order), rounding) for item in items) for order in ORDERS}
    best = max(ORDERS, key=lambda order: scores[order])
    if any(item.efficiency.point > MOST * (1 if item.efficiency.has_unit else 100) for item in items):
        scores = dict.fromkeys(ORDERS, 0)  # above 100 %, nothing is turned round to fit
    if not sure and 2 * scores[best] < len(items):
        return
    orders = [_order(item, best, scores, rounding) for item in items]
    for item, order in zip(items, orders, strict=True):
        yield _claim(item, order, asked=item.expected is None or not item.sure)
    turned = [item for item, order in zip(items, orders, strict=True) if item.expected not in {None, order}]
    if turned:
        yield _note(turned[0], best)


def _order(item: _Item, best: Order, scores: Mapping[Order, int], rounding: Rounding) -> Order:
    """The ratio of one row: that of its kind of cell, unless the table follows the other one and this row may, too.

    A cathode in a table of anodes keeps its own ratio where that agrees, or where the other one is above 100 %.
    """
    if item.expected is None or scores[best] <= scores[item.expected]:
        return item.expected or best
    own = agrees(_claim(item, item.expected), rounding)
    return item.expected if own or _ratio(item, best) > MOST >= _ratio(item, item.expected) else best


def _ratio(item: _Item, order: Order) -> Fraction:
    above, below = (item.charge, item.discharge) if order == ORDERS[0] else (item.discharge, item.charge)
    return above.point / below.point if below.point else MOST + 1


def _claim(item: _Item, order: Order, asked: bool = False) -> Claim:
    record, initial = item.record, item.efficiency.quantity.startswith("initial")
    ratio = over(item.charge, item.discharge) if order == ORDERS[0] else over(item.discharge, item.charge)
    because = f"the kind of the cell is not stated; {order} agrees best" if asked else f"{record.kind} cell: {order}"
    if not item.sure:
        because = f"{order}, if the capacities are those of the first cycle"
    if not asked and order != item.expected:
        because = f"{order}: this table names its columns so"
    return Claim(
        rule="coulombic_efficiency",
        what=f"{'initial ' if initial else ''}Coulombic efficiency of {record.name}",
        target=item.efficiency,
        direct=ratio,
        because=because,
        severity="warning" if asked else "error",
        soft=asked,
        ask="Which of the three numbers was measured?",
    )


def _note(item: _Item, order: Order) -> Finding:
    table = item.record.table
    return Finding(
        rule="coulombic_efficiency",
        verdict=Verdict.SEEN,
        severity="note",
        what=f"charge and discharge in {table}",
        explain=f"the efficiencies of {table} are {order}, although its words say {item.record.kind} cell, where it is "
        f"{item.expected}: its columns seem to be named the other way round",
        places=(item.efficiency.place,),
        ask="Is lithiation called charge here?",
    )
