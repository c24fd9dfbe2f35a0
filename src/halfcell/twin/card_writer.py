"""A cell card as the text of its file, so that a fitted or designed cell can be kept, read again and predicted."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from halfcell.twin.card_words import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.twin.card import Card, PhaseOf, Stated
    from halfcell.twin.card_series import Joint, Target


def card_text(card: Card) -> str:
    """The TOML text of a card; what is read from it is the same card."""
    return "\n".join(_lines(card)) + "\n"


def _lines(card: Card) -> Iterator[str]:
    yield f"title = {_quoted(card.title)}"
    if card.notes:
        yield f"notes = {_quoted(card.notes)}"
    for part in PARTS:
        yield from _part(card, part)
    for joint in card.joint:
        yield from _joint(joint)
    for target in card.targets:
        yield from _target(target)


def _part(card: Card, part: str) -> Iterator[str]:
    own = {path.split(".")[1]: path for path in card.values if path.startswith(f"{part}.") and path.count(".") == 1}
    if own:
        yield from ("", f"[{part}]")
    yield from (f"{name} = {_stated(card.values[path])}" for name, path in own.items())
    if part == "cell" and card.electrolyte == "solid":
        yield 'electrolyte = "solid"'
    if part == "electrolyte" and card.liquid:
        yield f"liquid = {_quoted(card.liquid)}"
    if card.shapes.get(part, "sphere") != "sphere":
        yield f"shape = {_quoted(card.shapes[part])}"
    for phase in card.phases:
        if phase.electrode == part:
            yield from _phase(card, phase)


def _phase(card: Card, phase: PhaseOf) -> Iterator[str]:
    yield from ("", f"[[{phase.electrode}.phase]]", f"material = {_quoted(phase.material)}")
    if phase.name != phase.material:
        yield f"name = {_quoted(phase.name)}"
    if phase.set:
        yield f"set = {_quoted(phase.set)}"
    start = f"{phase.electrode}.{phase.name}."
    for path, stated in card.values.items():
        if path.startswith(start):
            yield f"{path.removeprefix(start)} = {_stated(stated)}"
    if phase.diameters:
        sizes = f"diameter_um = {_numbers(phase.diameters)}, volume_percent = {_numbers(phase.volumes)}"
        yield f"sizes = {{ {sizes}, source = {_quoted(phase.sizes_source)} }}"


def _joint(joint: Joint) -> Iterator[str]:
    yield from ("", "[[joint]]", f"paths = [{', '.join(map(_quoted, joint.paths))}]")
    yield "correlation = ["
    yield from (f"  {_numbers(row)}," for row in joint.correlation)
    yield "]"


def _target(target: Target) -> Iterator[str]:
    yield from ("", "[[measured]]", f"source = {_quoted(target.source)}")
    if target.per != "g":
        yield f"per = {_quoted(target.per)}"
    if target.fresh:
        yield "fresh = true"
    columns = {"current": target.current, "capacity": target.capacity, "mean_volt": target.mean_volt}
    yield from (f"{name} = {_numbers(values)}" for name, values in columns.items() if values)
    if not target.fit_volt:
        yield "fit_voltage = false"
    for name in ("capacity_percent", "volt_std"):
        if getattr(target, name) is not None:
            yield f"{name} = {_number(getattr(target, name))}"


def _stated(stated: Stated) -> str:
    std = f", std = {_number(stated.std, 3)}" if stated.std else ""
    return f"{{ value = {_number(stated.value)}{std}, source = {_quoted(stated.source)} }}"


def _numbers(values: Sequence[float]) -> str:
    return f"[{', '.join(map(_number, values))}]"


def _number(value: float, digits: int = 12) -> str:
    """A number as TOML has it: a float keeps its point or exponent."""
    if math.isnan(value):
        return "nan"
    text = f"{value:.{digits}g}"
    return text if any(mark in text for mark in ".e") or not text.lstrip("-").isdigit() else f"{text}.0"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
