"""What tests of a study's runs ask again and again: the study loaded, the states of its items."""

from __future__ import annotations

import halfcell


def study_of(small) -> halfcell.Study:
    """The small study, loaded anew."""
    return halfcell.Study.load(small.root)


def states_of(outcome) -> dict[str, str]:
    """Name of each item -> its state."""
    return {item.name: item.state for item in outcome.items}
