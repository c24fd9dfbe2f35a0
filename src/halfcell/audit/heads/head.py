"""The record of a column head: what it says, in the words of the rules; or that it was not understood, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.units import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The meaning of a column.

    Parameters
    ----------
    text, label
        As printed on one line; the same without unit and footnote marks.
    quantity
        What its numbers are, in the words of the rules (``initial_charge_capacity``); empty if it was not understood.
    unit
        The printed unit; None if none is printed.
    of, object
        The part of the cell (``anode active``, ``separator``), and the material that it names (``NCM811``).
    process, qualifier
        ``charge`` or ``discharge``; ``first``, ``final``, ``theoretical`` ...
    cycle, at
        The number of the cycle; the rate, the temperature or the window that is stated.
    basis
        What a capacity per gram is counted on, if the head says so: ``Si`` of ``mAh gSi-1``.
    pair
        Two quantities that share one column, as in ``Charge/discharge capacity``.
    percent
        Whether bare numbers above 1.5 are in per cent.
    names
        Whether the column holds names, not numbers.
    base
        The entry of the lexicon behind `quantity`; it says which units fit.
    group
        The head that spans this column and others.
    beside, cycles
        The quantity of a second number in each cell (``171.8 (84.5 %)``); the cycles of two that share a column.
    note
        Why it was not understood, or what was assumed.
    """

    text: str
    label: str
    quantity: str = ""
    unit: Unit | None = None
    of: str = ""
    object: str = ""
    process: str = ""
    qualifier: str = ""
    cycle: int | None = None
    at: str = ""
    basis: str = ""
    pair: tuple[str, ...] = ()
    percent: bool = False
    names: bool = False
    base: str = ""
    group: str = ""
    beside: str = ""
    cycles: tuple[int, ...] = ()
    note: str = ""

    @property
    def understood(self) -> bool:
        """Whether the head was read completely."""
        return bool(self.quantity or self.names)
