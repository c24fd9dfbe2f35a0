"""Settings that are given on the command line: ``--set name=value``."""

from __future__ import annotations

from collections.abc import Sequence

from halfcell.core.errors import InputError


def given_settings(pairs: Sequence[str]) -> dict[str, str]:
    """Split ``name=value`` pairs.

    Raises
    ------
    InputError
        If one is none.
    """
    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise InputError(f"{pair!r} is not a setting", "--set", "write name=value")
        values[name.strip()] = value.strip()
    return values
