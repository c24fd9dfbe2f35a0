"""Run a protocol on the cell of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError, Refused, StudyError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.twin.card import card_from_facts
from halfcell.twin.design import with_design
from halfcell.twin.protocols import run_protocol
from halfcell.twin.techniques.simulated_cell.result import SimulatedCellResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Row
    from halfcell.twin.protocols.outcome import Outcome
    from halfcell.twin.techniques.simulated_cell.settings import Settings


def analyse(measurement: Measurement, settings: Settings) -> SimulatedCellResult:
    """Run the protocol.

    Parameters
    ----------
    measurement
        A cell card.
    settings
        The protocol and its settings.

    Returns
    -------
    SimulatedCellResult
        One row per value that the protocol finds, and its figure; a refusal where no cell can have a value of the card.

    Raises
    ------
    InputError
        If it is no cell card, there is no such protocol, or a setting is no pair.
    StudyError
        With all mistakes of the protocol's settings.
    """
    if measurement.technique != "cell_card":
        raise InputError("this is no cell card", measurement.where, "halfcell twin cards lists examples")
    try:
        card = card_from_facts(measurement.meta["card"], measurement.where)
    except StudyError as error:
        raise InputError("; ".join(one.what for one in error.problems), measurement.where) from error
    changes = {path: _number(path, value) for path, value in _pairs(settings.changes, "changes")}
    try:
        outcome = run_protocol(
            with_design(card, changes, "changes") if changes else card,
            settings.protocol,
            dict(_pairs(settings.given, "given")),
        )
    except Refused as error:
        return SimulatedCellResult(technique="simulated_cell", notes=(Note("refused", "no_cell", str(error)),))
    return SimulatedCellResult(
        technique="simulated_cell",
        quantities={"row_count": Quantity(float(len(outcome.rows)), "", decimals=0)},
        rows=tuple(_rows(outcome)),
        notes=tuple(Note("doubt", "rests_on", text) for text in outcome.doubts),
        simulated=True,
        panels=outcome.figure.panels,
        title=outcome.title,
        decimals=tuple((name, value.decimals) for name, value in outcome.rows[0].items()) if outcome.rows else (),
    )


def _pairs(words: Sequence[str], setting: str) -> Iterator[tuple[str, str]]:
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise InputError(f"{word!r} is no setting", setting, 'write "name=value"')
        yield name.strip(), value.strip()


def _number(path: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise InputError(f"{value!r} is no number", f"changes: {path}") from None


def _rows(outcome: Outcome) -> Iterator[Row]:
    """Each value of the protocol's table: place of its row, name, value and unit."""
    for place, row in enumerate(outcome.rows, 1):
        for name, value in row.items():
            number = value.value if isinstance(value.value, int | float) else None
            text = value.value if isinstance(value.value, str) else ""
            yield {"place": place, "name": name, "value": number, "unit": value.unit, "text": text}
