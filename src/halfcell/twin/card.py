"""Cell cards: a cell as a TOML document in which every value names its source, or says that it is assumed.

A value is written ``name = { value = 2.01, source = "Table S5" }``; ``std`` may give its standard uncertainty. Values
are addressed by their path (``anode.diffusion_hours``, ``anode.Si.share``), which is how a fit or a sweep changes them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from halfcell.core.errors import InputError, StudyError
from halfcell.core.plugins import did_you_mean
from halfcell.twin.card_needs import given_twice, meaning, required
from halfcell.twin.card_parts import ELECTRODE_MORE
from halfcell.twin.card_series import Joint, Target, joint_values, target
from halfcell.twin.card_words import ELECTRODE, PARTS, PHASE_WORDS, TOP, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ASSUMED = "assumed"
FULLEST = 0.99  # content of an anode up to which the open-circuit potentials are known
Electrolyte = Literal["liquid", "solid"]

_ROUNDING = 1e-6  # by which shares may miss 1


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A value, where it comes from, and its standard uncertainty where it is known."""

    value: float
    source: str
    std: float | None = None

    @property
    def is_assumed(self) -> bool:
        """Whether nothing supports it."""
        return self.source.startswith(ASSUMED)


@dataclass(frozen=True, kw_only=True)
class PhaseOf:
    """An active phase of an electrode: its name in paths, host and set of open-circuit potentials.

    `diameters` and `volumes` are a measured distribution of sizes by volume, from `sizes_source`; empty where it is
    log-normal.
    """

    electrode: str
    name: str
    material: str
    set: str = ""
    diameters: tuple[float, ...] = ()
    volumes: tuple[float, ...] = ()
    sizes_source: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """A cell card; `values` by path, as the module says. A solid electrolyte conducts lithium ions alone.

    `liquid` names one of `liquids`, whose properties go with the concentration; empty where they are constant.
    """

    title: str
    origin: str
    values: Mapping[str, Stated]
    phases: tuple[PhaseOf, ...]
    shapes: Mapping[str, str]
    electrolyte: Electrolyte = "liquid"
    liquid: str = ""
    targets: tuple[Target, ...] = ()
    joint: tuple[Joint, ...] = ()
    notes: str = ""

    def value(self, path: str, default: float | None = None) -> float:
        """A value by its path.

        Raises
        ------
        InputError
            If the card does not hold it; the hint offers the nearest.
        """
        if path in self.values:
            return self.values[path].value
        if default is not None:
            return default
        raise InputError(f"the card has no value {path!r}", self.origin, did_you_mean(path, self.values))

    def of_phase(self, phase: PhaseOf, name: str, default: float | None = None) -> float:
        """A value of a phase: its own one, or that of its electrode."""
        own = f"{phase.electrode}.{phase.name}.{name}"
        return self.values[own].value if own in self.values else self.value(f"{phase.electrode}.{name}", default)

    def with_values(self, changed: Mapping[str, float], source: str) -> Card:
        """The same card with other values from another source.

        Raises
        ------
        InputError
            If the card does not hold one of them.
        """
        for path in changed:
            self.value(path)
        new = {path: Stated(value=value, source=source) for path, value in changed.items()}
        return replace(self, values={**self.values, **new})

    def at(self, *, fresh: bool) -> Card:
        """The cell as it was for a series: a fresh one had the lithium that it has lost since."""
        lost = self.value("anode.lost_content", 0.0)
        if not fresh or not lost:
            return self
        whole = min(self.value("anode.charged_content") + lost, FULLEST)
        return self.with_values({"anode.charged_content": whole}, self.values["anode.lost_content"].source)

    @property
    def has_electrolyte(self) -> bool:
        """Whether the card describes the concentration of a liquid electrolyte."""
        return "electrolyte.bruggeman" in self.values

    @property
    def has_ladder(self) -> bool:
        """Whether the card describes a solid electrolyte in the depth of the cathode."""
        return "solid.conductivity_s_per_m" in self.values

    @property
    def warms(self) -> bool:
        """Whether the cell warms itself."""
        return "cell.heat_capacity_j_per_k" in self.values

    @property
    def assumed(self) -> tuple[str, ...]:
        """The paths of all values that are assumed."""
        return tuple(path for path, stated in self.values.items() if stated.is_assumed)


def read_card(path: str | Path) -> Card:
    """Read a card.

    Raises
    ------
    InputError
        If the file is missing or no TOML.
    StudyError
        With all mistakes at once: values without a source, missing and unknown ones.
    """
    where = str(path)
    try:
        facts = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("no such card", where, "name a TOML file, or one of halfcell twin --list") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no TOML: {error}", where) from None
    return card_from_facts(facts, where)


def card_from_facts(facts: Mapping[str, Any], origin: str = "") -> Card:
    """Make a card from the content of its file, see `read_card`."""
    problems: list[InputError] = []
    values: dict[str, Stated] = {}
    phases: list[PhaseOf] = []
    for part, known in PARTS.items():
        table = dict(facts.get(part, {}))
        for word in WORDS:
            table.pop(word, None)
        listed = table.pop("phase", [])
        values |= dict(_values(part, table, known, problems))
        phases += [_phase(part, entry, values, problems, origin) for entry in listed]
    targets = tuple(target(entry, problems, origin) for entry in facts.get("measured", []))
    joint = tuple(joint_values(entry, values, problems, origin) for entry in facts.get("joint", []))
    problems += _incomplete(facts, values, origin)
    if problems:
        raise StudyError(f"{len(problems)} mistakes in the card", origin, problems=tuple(problems))
    return Card(
        title=str(facts.get("title", "")),
        origin=origin,
        values=values,
        phases=tuple(phases),
        shapes={part: str(facts.get(part, {}).get("shape", "sphere")) for part in ("anode", "cathode")},
        electrolyte="solid" if facts.get("cell", {}).get("electrolyte") == "solid" else "liquid",
        liquid=str(facts.get("electrolyte", {}).get("liquid", "")),
        targets=targets,
        joint=joint,
        notes=str(facts.get("notes", "")),
    )


def _incomplete(facts: Mapping[str, Any], values: Mapping[str, Stated], origin: str) -> Iterator[InputError]:
    """What the card lacks as a whole, and tables that no card has."""
    for name in (name for name in facts if name not in TOP):
        yield InputError(f"unknown entry {name!r}", origin, did_you_mean(name, TOP))
    yield from given_twice(facts, values, origin)
    for path in (path for path in required(facts) if path not in values):
        yield InputError(f"{path} is missing ({meaning(path)})", origin)
    for part in ("anode", "cathode"):
        shares = [values[p].value for p in values if p.startswith(f"{part}.") and p.endswith(".share")]
        if abs(sum(shares) - 1) > _ROUNDING:
            yield InputError(f"the shares of the {part}'s phases sum to {sum(shares):g}, not to 1", origin)


def _values(
    prefix: str, table: Mapping[str, Any], known: Mapping[str, str], problems: list[InputError]
) -> Iterator[tuple[str, Stated]]:
    """The values of one table; what is wrong is added to the problems."""
    for name, given in table.items():
        path = f"{prefix}.{name}"
        if name not in known:
            problems.append(InputError(f"unknown value {path!r}", hint=did_you_mean(name, known)))
        elif not isinstance(given, dict) or not isinstance(given.get("value"), int | float) or "source" not in given:
            hint = f'write {name} = {{ value = ..., source = "..." }}; "assumed" is a source'
            problems.append(InputError(f"{path} needs a value and its source", hint=hint))
        else:
            yield path, Stated(value=float(given["value"]), source=str(given["source"]), std=given.get("std"))


def _phase(
    part: str, entry: Mapping[str, Any], values: dict[str, Stated], problems: list[InputError], origin: str
) -> PhaseOf:
    material = str(entry.get("material", ""))
    name = str(entry.get("name", material))
    own = {key: given for key, given in entry.items() if key not in PHASE_WORDS}
    values |= dict(
        _values(f"{part}.{name}", own, ELECTRODE | ELECTRODE_MORE | {"share": "share of the capacity"}, problems)
    )
    if not material:
        problems.append(InputError(f"a phase of the {part} has no material", origin))
    sizes = entry.get("sizes", {})
    if sizes and "source" not in sizes:
        hint = 'write sizes = { diameter_um = [...], volume_percent = [...], source = "..." }'
        problems.append(InputError(f"the sizes of {part}.{name} need a source", origin, hint))
    return PhaseOf(
        electrode=part,
        name=name,
        material=material,
        set=str(entry.get("set", "")),
        diameters=tuple(map(float, sizes.get("diameter_um", ()))),
        volumes=tuple(map(float, sizes.get("volume_percent", ()))),
        sizes_source=str(sizes.get("source", "")),
    )
