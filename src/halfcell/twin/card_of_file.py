"""The cell card in a file that a study names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError, StudyError
from halfcell.twin.card import card_from_facts

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.twin.card import Card


def card_of(measurement: Measurement, settings: object) -> Card:  # noqa: ARG001 (a reference)
    """The card of a file.

    Raises
    ------
    InputError
        If the file is no cell card, or with all mistakes of the card.
    """
    if measurement.technique != "cell_card":
        raise InputError("this is no cell card", measurement.where, "halfcell twin cards lists examples")
    try:
        return card_from_facts(measurement.meta["card"], measurement.where)
    except StudyError as error:
        raise InputError("; ".join(one.what for one in error.problems), measurement.where) from error
