"""What is done with a cell of a card: one file per protocol, each with its settings, found by its name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.core.settings import build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.twin.card import Card
    from halfcell.twin.protocols.outcome import Outcome, Protocol

SHARED = {"outcome", "drawing", "records", "sei"}  # modules that are no protocol


def protocol_names() -> tuple[str, ...]:
    """The names of all protocols, without loading them."""
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__) if m.name not in SHARED))


def protocol(name: str) -> Protocol:
    """A protocol by its name.

    Raises
    ------
    InputError
        If there is none; the hint offers the nearest.
    """
    if name not in protocol_names():
        raise InputError(f"no protocol {name!r}", "--protocol", did_you_mean(name, protocol_names()))
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    found: Protocol = module.PROTOCOL
    return found


def run_protocol(card: Card, name: str, settings: Mapping[str, object] | None = None) -> Outcome:
    """Run a protocol on the cell of a card.

    Parameters
    ----------
    card
        The cell.
    name
        Of the protocol.
    settings
        Its settings by name; texts are read as the types of its fields.

    Raises
    ------
    InputError
        If there is no such protocol.
    StudyError
        With all mistakes of the settings at once.
    """
    chosen = protocol(name)
    return chosen.run(card, build(chosen.settings, settings or {}, name))
