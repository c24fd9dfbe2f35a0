"""Shares of end members in a state."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from halfcell.core.errors import InputError
from halfcell.techniques.exafs.linear_combination import with_shares

STATES = [SimpleNamespace(state=name) for name in ("pristine", "half", "charged")]


@pytest.mark.parametrize(("names", "told"), [(("pristine",), "two states"), (("pristine", "empty"), "'empty'")])
def test_end_members_are_two_states_of_the_series(names: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        with_shares(STATES, names)  # type: ignore[arg-type]
    assert "pristine, half, charged" in str(error.value)
