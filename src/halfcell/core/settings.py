"""Build the settings of a technique from user input; all mistakes are reported at once, with suggestions."""

from __future__ import annotations

import dataclasses
import functools
import math
import re
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from halfcell.core.errors import InputError, StudyError
from halfcell.core.number_texts import instead_of
from halfcell.core.plugins import did_you_mean

S = TypeVar("S")

_LISTED = 12  # numbers of a range that a hint lists
_ABOVE_ZERO = ("_mass_mg", "_mah_per_cm2", "area_cm2", "diameter_mm", "thickness_um", "one_c_ma", "one_c_ma_per_g")


def build(kind: type[S], values: Mapping[str, object], where: str = "") -> S:
    """Make a settings record from names and values (strings are read as the field's type).

    Raises
    ------
    StudyError
        With all problems: unknown names (with the nearest known name), values of the wrong type or not allowed.
    """
    types_ = _types(kind)
    problems, made = [], {}
    for name, value in values.items():
        place = f"{where}: {name}" if where else name
        if name not in types_:
            problems.append(InputError(f"unknown setting {name!r}", place, did_you_mean(name, sorted(types_))))
            continue
        try:
            made[name] = _possible(name, convert(value, types_[name]))
        except ValueError as error:
            problems.append(InputError(str(error), place))
    if problems:
        raise _all(problems)
    return kind(**made)


class CheckedSettings:
    """Base of a record of settings: what it is given is converted to the types of its fields, or refused.

    A word becomes the member of an `Enum` (``kind="half"``), a list a tuple, an integer a float where the field is one.

    Raises
    ------
    StudyError
        With all values that cannot be converted.
    """

    def __post_init__(self) -> None:
        """Convert each field."""
        types_: dict[str, object] = _types(type(self))
        problems: list[InputError] = []
        for name, wanted in types_.items():
            value = getattr(self, name)
            try:
                object.__setattr__(self, name, convert(value, wanted))
            except ValueError as error:
                problems.append(InputError(str(error), name))
        if problems:
            raise _all(problems)

    def wrong_words(self) -> tuple[tuple[str, InputError], ...]:
        """Words of the right type that mean nothing, each with its setting: what `analyse` would refuse with any data.

        A study says so before it reads a file.
        """
        return ()


def _types(kind: type[Any]) -> dict[str, object]:
    """The types of a record's fields."""
    return _types_of(typing.cast("Any", kind))


@functools.cache
def _types_of(kind: Any) -> dict[str, object]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _all(problems: Sequence[InputError]) -> StudyError:
    """All problems as one error."""
    count = f"{len(problems)} problems in all" if len(problems) > 1 else ""
    return StudyError(str(problems[0]), hint=count, problems=tuple(problems))


def _possible(name: str, value: object) -> object:
    """Check that masses, areas and lengths of a cell are positive, as in the table of cells.

    Raises
    ------
    ValueError
        If they are not.
    """
    if isinstance(value, float) and name.endswith(_ABOVE_ZERO) and not 0 < value < math.inf:
        raise ValueError(f"{name} is {value:g}; it must be above 0")
    return value


def convert(value: object, wanted: object) -> object:
    """Convert one value to a type: float, int, bool, str, Literal, Enum, tuple, mapping, Optional.

    Raises
    ------
    ValueError
        If the value cannot be converted; the message says what is expected.
    """
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in {typing.Union, types.UnionType}:
        return _union(value, arguments)
    if origin is typing.Literal:
        return _choice(value, arguments)
    if origin in {tuple, Mapping}:
        return _tuple(value, arguments) if origin is tuple else _mapping(value, arguments)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(_choice(getattr(value, "value", value), tuple(item.value for item in wanted)))
    if wanted in {float, int, bool, str}:
        return _simple(value, wanted)
    return value


def as_json(value: object) -> Any:
    """A record as plain JSON values: records and mappings become objects, tuples lists, enums their value."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: as_json(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return as_json(value.value)
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _union(value: object, arguments: tuple[object, ...]) -> object:
    if type(None) in arguments and (value is None or (isinstance(value, str) and value in {"", "none"})):
        return None
    reasons = []
    for kind in arguments:
        if kind is not type(None):
            try:
                return convert(value, kind)
            except ValueError as error:
                reasons.append(str(error))
    raise ValueError(" or ".join(reasons))


def _choice(value: object, choices: tuple[object, ...]) -> object:
    for choice in choices:
        if value == choice or str(value) == str(choice):
            return choice
    known = ", ".join(map(repr, choices))
    near = did_you_mean(str(value), choices) if value else ""
    near = f"; {near}" if near.startswith("did you mean") else ""
    raise ValueError(f"{value!r} is not one of {known}{near}")


def _mapping(value: object, arguments: tuple[object, ...]) -> object:
    """A mapping with its values converted; numbers by name may be written ``Si=2, CoSi2=5``."""
    if isinstance(value, Mapping):
        return {key: convert(item, arguments[1]) for key, item in value.items()}
    pairs = [part.split("=") for part in str(value).strip("{}").split(",") if part.strip()]
    if arguments[1] is not float or not isinstance(value, str) or any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"{value!r} does not give values by name, such as Si=2, CoSi2=5")
    return {key.strip(): convert(item.strip(), float) for key, item in pairs}


def _tuple(value: object, arguments: tuple[object, ...]) -> tuple[object, ...]:
    if isinstance(value, str):
        of_tuples = (
            typing.get_origin(arguments[0]) is tuple
        )  # 205,205,260; 560,260,250 or [[205,205,260],[560,260,250]]
        rows = re.sub(r"[\])]\s*,\s*[\[(]", ";", value).strip(" ()[]")
        parts: list[object] = [part.strip() for part in rows.split(";" if of_tuples else ",")]
    elif isinstance(value, Iterable):
        parts = list(value)
    else:
        raise ValueError(f"{value!r} is not a list of values; write [{value}]")
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(convert(part, arguments[0]) for part in parts)
    if len(parts) != len(arguments):
        example = ", ".join(str(number) for number in range(len(arguments)))
        count = f"{len(parts)} part{'s' if len(parts) != 1 else ''}, not {len(arguments)}"
        raise ValueError(f"{value!r} has {count}; write [{example}], with your values")
    return tuple(convert(part, kind) for part, kind in zip(parts, arguments, strict=True))


def _simple(value: object, wanted: type) -> object:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if wanted is bool:
        if str(value).lower() not in words:
            raise ValueError(f"{value!r} is not true or false")
        return words[str(value).lower()]
    if wanted is str:
        return str(value)
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number")
    try:
        number = wanted(value)
    except (TypeError, ValueError, OverflowError):
        what = f"{value!r} is not a{'n integer' if wanted is int else ' number'}"
        hint = (_each_of_range(value, wanted) or instead_of(value)) if isinstance(value, str) else ""
        raise ValueError(f"{what}; {hint}" if hint else what) from None
    if math.isnan(number):
        raise ValueError(f"{value!r} is not a number")
    return number


def _each_of_range(text: str, wanted: type) -> str:
    """What to write for a range of whole numbers: ``1-5`` is ``1, 2, 3, 4, 5``."""
    ends = re.fullmatch(r"\s*(\d+)\s*(?:-|–|to|:|\.\.+)\s*(\d+)\s*", text)
    if wanted is not int or not ends:
        return ""
    numbers = [str(number) for number in range(int(ends[1]), int(ends[2]) + 1)]
    shown = numbers if len(numbers) <= _LISTED else [*numbers[:2], "...", numbers[-1]]
    return f"write each number: [{', '.join(shown)}]"
