"""The fields of a form: what they are called, what may be written into them, what is written there now."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from halfcell.core.errors import InputError
from halfcell.core.settings import as_json, convert

Path = tuple[str | int, ...]
Kind = Literal["text", "number", "choice", "area"]
WORDS = str | tuple[str, ...]
"""One word, or several with commas between them: ``viridis``; ``blue, #d55e00``."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: the path of its value in the entry of study.toml, its label, its help, and the value written there.

    `usual` is the value that holds while nothing is written; `wanted` is the type that the text is converted to.
    """

    path: Path
    label: str
    help: str = ""
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    value: str = ""
    usual: str = ""
    unit: str = ""
    wanted: object = str

    @property
    def name(self) -> str:
        """The name of the field in the form: ``axes.x.label``."""
        return ".".join(map(str, self.path))


def kind_of(wanted: object) -> tuple[Kind, tuple[str, ...]]:
    """How a value of a type is written: as text, number or choice; and the choices."""
    parts = [part for part in typing.get_args(wanted) if part is not type(None)]
    if typing.get_origin(wanted) in {typing.Union, types.UnionType} and len(parts) == 1:
        return kind_of(parts[0])
    if typing.get_origin(wanted) is Literal:
        return "choice", tuple(map(str, parts))
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return "choice", tuple(str(one.value) for one in wanted)
    if wanted is bool:
        return "choice", ("true", "false")
    return ("number", ()) if wanted in {int, float} else ("text", ())


def shown(value: object) -> str:
    """A value as a field shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {shown(one)}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(shown(one) for one in value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def written(field: Field, text: str) -> object:
    """The text of a field as a value of study.toml; None where nothing is written.

    Raises
    ------
    InputError
        If it is no such value.
    """
    text = text.strip()
    if not text:
        return None
    wanted = field.wanted
    if wanted == WORDS:
        wanted = tuple[str, ...] if "," in text else str
    try:
        return as_json(convert(text, wanted))
    except ValueError as error:
        raise InputError(str(error), field.label) from error


def changes(fields: Sequence[Field], form: Mapping[str, Sequence[str]]) -> dict[Path, object]:
    """The fields of a form that were changed: path -> value, None where the text was taken away.

    Raises
    ------
    InputError
        If a text is no value of its field.
    """
    found: dict[Path, object] = {}
    for field in fields:
        text = form.get(field.name, [field.value])[0]
        if text.strip() != field.value:
            found[field.path] = written(field, text)
    return found
