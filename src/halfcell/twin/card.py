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
from halfcell.twin.card_parts import CONTACT, ELECTRODE_MORE, ELECTROLYTE_MORE, SOLID, SOLID_MORE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CELL = {
    "area_cm2": "electrode area",
    "temperature_celsius": "temperature",
    "upper_volt": "voltage at the end of charge",
    "lower_volt": "voltage at the end of discharge",
    "resistance_ohm": "series resistance: electrolyte, contacts, collectors",
    "separator_mg": "mass of the separator or solid electrolyte",
}
ELECTRODE = {
    "active_mg": "active mass",
    "electrode_mg": "mass of the electrode without its collector",
    "capacity_mah_per_g": "capacity between content 0 and 1",
    "diffusion_hours": "R^2/D of the median particle at 25 degC",
    "size_spread": "standard deviation of ln R by volume",
    "exchange_per_hour": "exchange rate of the median particle at 25 degC, in units of its capacity",
    "diffusion_activation_kj_per_mol": "activation energy of the diffusion",
    "exchange_activation_kj_per_mol": "activation energy of the exchange",
    "charged_content": "lithium content of the anode at the end of charge",
    "branch_content": "content after which a particle has changed its branch to 1/e",
}
ELECTROLYTE = {
    "concentration_mol_per_m3": "salt concentration at rest",
    "diffusion_m2_per_s": "salt diffusion coefficient of the liquid",
    "conductivity_s_per_m": "conductivity of the liquid",
    "transference": "transference number of lithium",
    "thermodynamic_factor": "thermodynamic factor 1 + dlnf/dlnc",
    "bruggeman": "exponent of the porosity",
    "anode_um": "thickness of the anode",
    "separator_um": "thickness of the separator",
    "cathode_um": "thickness of the cathode",
    "anode_porosity": "volume share of the liquid in the anode",
    "separator_porosity": "volume share of the liquid in the separator",
    "cathode_porosity": "volume share of the liquid in the cathode",
}
OPTIONAL = {"diffusion_activation_kj_per_mol", "exchange_activation_kj_per_mol", "branch_content"}
WORDS = ("shape", "electrolyte")  # entries that are no values
PHASE_WORDS = {"material", "name", "set", "sizes"}
ONLY_ANODE = {"charged_content"}
PARTS = {
    "cell": CELL, "anode": ELECTRODE | ELECTRODE_MORE, "cathode": ELECTRODE | ELECTRODE_MORE,
    "electrolyte": ELECTROLYTE | ELECTROLYTE_MORE, "solid": SOLID | SOLID_MORE, "contact": CONTACT,
}  # fmt: skip
ASSUMED = "assumed"
Electrolyte = Literal["liquid", "solid"]


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

    `diameters` and `volumes` are a measured distribution of sizes by volume; empty where it is log-normal.
    """

    electrode: str
    name: str
    material: str
    set: str = ""
    diameters: tuple[float, ...] = ()
    volumes: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Target:
    """Measured discharges that a card names: currents, capacities and mean voltages, `per` g of cathode or cm2."""

    source: str
    current: tuple[float, ...]
    capacity: tuple[float, ...]
    mean_volt: tuple[float, ...] = ()
    per: str = "g"
    fit_volt: bool = True


@dataclass(frozen=True, kw_only=True)
class Card:
    """A cell card; `values` by path, as the module says. A solid electrolyte conducts lithium ions alone."""

    title: str
    origin: str
    values: Mapping[str, Stated]
    phases: tuple[PhaseOf, ...]
    shapes: Mapping[str, str]
    electrolyte: Electrolyte = "liquid"
    targets: tuple[Target, ...] = ()
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

    @property
    def has_electrolyte(self) -> bool:
        """Whether the card describes the concentration of a liquid electrolyte."""
        return "electrolyte.bruggeman" in self.values

    @property
    def has_ladder(self) -> bool:
        """Whether the card describes a solid electrolyte in the depth of the cathode."""
        return "solid.conductivity_s_per_m" in self.values

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
    missing = [path for path in _required(facts) if path not in values]
    problems += [InputError(f"{path} is missing ({_meaning(path)})", origin) for path in missing]
    for part in ("anode", "cathode"):
        shares = [values[p].value for p in values if p.startswith(f"{part}.") and p.endswith(".share")]
        if abs(sum(shares) - 1) > 1e-6:
            problems.append(InputError(f"the shares of the {part}'s phases sum to {sum(shares):g}, not to 1", origin))
    if problems:
        raise StudyError(f"{len(problems)} mistakes in the card", origin, problems=tuple(problems))
    return Card(
        title=str(facts.get("title", "")),
        origin=origin,
        values=values,
        phases=tuple(phases),
        shapes={part: str(facts.get(part, {}).get("shape", "sphere")) for part in ("anode", "cathode")},
        electrolyte="solid" if facts.get("cell", {}).get("electrolyte") == "solid" else "liquid",
        targets=tuple(_target(entry) for entry in facts.get("measured", [])),
        notes=str(facts.get("notes", "")),
    )


def _required(facts: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"cell.{name}" for name in CELL)
    for table, needed in (("electrolyte", ELECTROLYTE), ("solid", SOLID), ("contact", CONTACT)):
        if table in facts:
            yield from (f"{table}.{name}" for name in needed)
    for part in ("anode", "cathode"):
        names = [name for name in ELECTRODE if name not in OPTIONAL]
        yield from (f"{part}.{name}" for name in names if part == "anode" or name not in ONLY_ANODE)


def _meaning(path: str) -> str:
    name = path.rsplit(".", 1)[-1]
    return {**CONTACT, **SOLID, **ELECTRODE, **ELECTROLYTE, **CELL}.get(name, "share of the capacity")


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
    )


def _target(entry: Mapping[str, Any]) -> Target:
    return Target(
        source=str(entry.get("source", "")),
        current=tuple(map(float, entry.get("current", ()))),
        capacity=tuple(map(float, entry.get("capacity", ()))),
        mean_volt=tuple(map(float, entry.get("mean_volt", ()))),
        per=str(entry.get("per", "g")),
        fit_volt=bool(entry.get("fit_voltage", True)),
    )
