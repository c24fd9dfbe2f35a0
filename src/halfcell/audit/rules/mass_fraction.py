"""Active mass, electrode mass and mass fraction fit one another; shares that make a whole do not exceed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, Given, minus, over, times
from halfcell.audit.same_cell import is_own
from halfcell.core import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "active mass = (electrode mass − collector mass) × active fraction; active mass ≤ electrode mass"
LIMITS = (
    "Without a printed fraction only the bound is checked, and that two electrodes of one material in cells of one "
    "kind have "
    "the same fraction."
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for both electrodes of each record, and for electrodes of one material."""
    for electrode in ("anode", "cathode"):
        done: dict[tuple[str, str], tuple[Reading, Reading, str]] = {}
        seen: set[tuple[str, int, int]] = set()
        for record in facts.records:
            active = record.one("mass", "mg", f"{electrode} active")
            whole = record.one("mass", "mg", electrode)
            if active and whole and active.place not in seen:
                seen.add(active.place)
                yield from _fraction(record, electrode, active, whole)
                yield from _bound(record, electrode, active, whole)
                yield from _again(record, electrode, active, whole, done)


def _coating(record: Record, electrode: str, whole: Reading) -> Expression:
    """The electrode without its collector."""
    collector = record.one("collector_mass", "mg", electrode)
    return minus(whole, collector) if collector else Given(whole)


def _fraction(record: Record, electrode: str, active: Reading, whole: Reading) -> Iterator[Claim]:
    fraction = record.one("mass_fraction", "", f"{electrode} active") or record.one(
        "mass_fraction", "%", f"{electrode} active"
    )
    if fraction:
        yield Claim(
            rule="mass_fraction",
            what=f"active mass of the {electrode} of {record.name}",
            target=active,
            direct=times(_coating(record, electrode, whole), fraction),
            ask="Does the electrode mass include the collector?",
        )


def _bound(record: Record, electrode: str, active: Reading, whole: Reading) -> Iterator[Claim]:
    yield Claim(
        rule="mass_fraction",
        what=f"active mass within the {electrode} of {record.name}",
        target=active,
        direct=_coating(record, electrode, whole),
        relation="<=",
        ask="Are the two masses swapped?",
    )


def _again(
    record: Record,
    electrode: str,
    active: Reading,
    whole: Reading,
    done: dict[tuple[str, str], tuple[Reading, Reading, str]],
) -> Iterator[Claim]:
    """The same electrode material in another cell of the same kind: the same fraction."""
    material = names.key(record.anode if electrode == "anode" else record.cathode)
    key = (material, str(record.kind))
    before = done.setdefault(key, (active, whole, record.name))
    printed = record.all("mass_fraction") or record.all("collector_mass")
    other = before[0].place != active.place and before[1].place != whole.place
    if material and other and not printed and is_own(record):
        done[key] = (active, whole, record.name)
        yield Claim(
            rule="mass_fraction",
            what=f"active share of the {electrode} of {record.name} beside {before[2]}",
            target=active,
            direct=times(whole, over(before[0], before[1])),
            because=f"both electrodes are of {record.anode if electrode == 'anode' else record.cathode}",
            severity="warning",
            soft=True,
            ask="Are the two electrodes of one recipe?",
        )
