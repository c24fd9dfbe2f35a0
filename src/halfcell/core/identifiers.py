"""Persistent identifiers: written in one way, and checked as far as their check digits allow."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from halfcell.core.plugins import did_you_mean
from halfcell.core.publication import Licence

_BASE_32: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: without i, l, o, u


def orcid(text: str) -> str:
    """An ORCID iD without its resolver: ``0000-0002-1825-0097``.

    Raises
    ------
    ValueError
        If it has another form, or its last digit is not the check digit (ISO 7064, mod 11-2).
    """
    found = re.fullmatch(r"(?:https?://orcid\.org/)?((?:\d{4}-){3}\d{3}[\dXx])", text.strip())
    if not found:
        raise ValueError(f"{text!r} is no ORCID iD; it has the form 0000-0002-1825-0097")
    plain = found[1].upper()
    total = 0
    for digit in plain.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if plain[-1] != ("X" if check == 10 else str(check)):
        raise ValueError(f"{text!r} is no ORCID iD: its last digit is not the check digit of the others")
    return plain


def ror(text: str) -> str:
    """An identifier of the Research Organization Registry as its address: ``https://ror.org/05gq02987``.

    Raises
    ------
    ValueError
        If it has another form, or its last two digits are not those that check the others (mod 97-10).
    """
    found = re.fullmatch(rf"(?:https?://)?(?:ror\.org/)?(0[{_BASE_32}]{{6}})(\d\d)", text.strip().lower())
    if not found:
        raise ValueError(f"{text!r} is no ROR identifier; it has the form https://ror.org/05gq02987")
    number = 0
    for letter in found[1]:
        number = number * 32 + _BASE_32.index(letter)
    if int(found[2]) != 98 - number * 100 % 97:
        raise ValueError(f"{text!r} is no ROR identifier: its last two digits do not check the others")
    return f"https://ror.org/{found[1]}{found[2]}"


def doi(text: str) -> str:
    """A DOI without its resolver: ``10.5281/zenodo.1234``.

    Raises
    ------
    ValueError
        If it has another form.
    """
    found = re.fullmatch(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", text.strip(), re.IGNORECASE)
    if not found:
        raise ValueError(f"{text!r} is no DOI; it has the form 10.5281/zenodo.1234")
    return found[1]


def address(text: str) -> str:
    """A web address, or a DOI, a handle or an IGSN as the address that resolves it.

    Raises
    ------
    ValueError
        If it is none of these.
    """
    plain = text.strip()
    if re.fullmatch(r"https?://[^\s/]+\.\S+", plain):
        return plain
    if re.fullmatch(r"(?i)(?:doi:)?10\.\d{4,9}/\S+", plain):
        return f"https://doi.org/{doi(plain)}"
    handle = re.fullmatch(r"(?i)(?:hdl:|handle:)?(\d{2,}(?:\.[\w.]+)?/\S+)", plain)
    if handle:
        return f"https://hdl.handle.net/{handle[1]}"
    raise ValueError(f"{text!r} is no address; write https://..., a DOI or a handle")


def day(text: str) -> str:
    """A date as ``2026-11-22``.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no date; write year, month and day: 2026-11-22") from None


def licence(text: str) -> Licence:
    """A licence by its identifier in the SPDX list, in any case.

    Raises
    ------
    ValueError
        If it is none of those known here.
    """
    known = {name.lower(): name for name in _licences()}
    name = known.get(text.strip().lower().replace(" ", "-"))
    if name is None:
        raise ValueError(
            f"{text!r} is no licence of the SPDX list known here; {did_you_mean(text, sorted(_licences()))}"
        )
    return Licence(spdx=name, name=_licences()[name], url=f"https://spdx.org/licenses/{name}")


@cache
def _licences() -> dict[str, str]:
    """Identifier -> name."""
    with Path(__file__).with_name("licences.toml").open("rb") as file:
        return {str(key): str(value) for key, value in tomllib.load(file).items()}
