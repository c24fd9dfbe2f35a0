"""The cards that halfcell brings: cells of the document that it is made for, calibrated only on what that prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.twin.card import read_card

if TYPE_CHECKING:
    from halfcell.twin.card import Card

_HERE = Path(__file__).parent


def own_cards() -> dict[str, Card]:
    """All cards of halfcell by name."""
    return {path.stem: read_card(path) for path in sorted(_HERE.glob("*.toml"))}


def load_card(name: str) -> Card:
    """A card by the path of its file, or by the name of one of halfcell's own.

    Raises
    ------
    InputError
        If there is none.
    """
    own = _HERE / f"{name}.toml"
    return read_card(own if own.is_file() and "/" not in name else name)
