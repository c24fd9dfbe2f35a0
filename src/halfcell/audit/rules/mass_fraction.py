"""Active mass, electrode mass and mass fraction agree, and the active mass is at most the electrode mass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, Given, minus, over, times
from halfcell.audit.same_cell import is_own
from halfcell.core import material_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.document_place import Place
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "active mass = (electrode mass − collector mass) × active fraction; active mass ≤ electrode mass"
LIMITS = (
    "Without a printed fraction, it only checks that the active mass is at most the electrode mass, and that two "
    "electrodes of one material in cells of one kind have the same fraction."
)
_ACTIVE = re.compile(r"\bactive\b|\bAM\b", re.IGNORECASE)
_WHOLE = re.compile(r"\belectrode\b|\bcoating\b|\btotal\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Electrode:
    """One electrode of a record, with both its masses."""

    record: Record
    side: str
    active: Reading
    whole: Reading

    @property
    def coating(self) -> Expression:
        """The electrode without its current collector."""
        collector = self.record.one("collector_mass", "mg", self.side)
        return minus(self.whole, collector) if collector else Given(self.whole)

    @property
    def material(self) -> str:
        """The name of the active material."""
        return self.record.anode if self.side == "anode" else self.record.cathode


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for both electrodes of each record, and for electrodes of one material."""
    for record in facts.records:
        yield from _unnamed(record)
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _loadings(r))], facts.settings.rounding)
    for side in ("anode", "cathode"):
        before: dict[tuple[str, str], Electrode] = {}
        seen: set[Place] = set()
        for record in facts.records:
            active, whole = record.one("mass", "mg", f"{side} active"), record.one("mass", "mg", side)
            if active and whole and active.place not in seen:
                seen.add(active.place)
                electrode = Electrode(record=record, side=side, active=active, whole=whole)
                yield from _fraction(electrode)
                yield _bound(electrode)
                yield from _same_recipe(electrode, before)


def _unnamed(record: Record) -> Iterator[Claim]:
    """An electrode whose side is not said: its mass, its active mass and the content of active material."""
    masses = [reading for reading in record.all("mass", "mg") if not reading.of.startswith(("anode", "cathode"))]
    active = [reading for reading in masses if _ACTIVE.search(reading.label)]
    whole = [reading for reading in masses if _WHOLE.search(reading.label) and reading not in active]
    content = [reading for reading in record.all("mass_fraction") if _ACTIVE.search(reading.label)]
    foil = record.one("collector_mass", "mg")
    if len(active) == len(whole) == len(content) == 1:
        yield Claim(
            rule="mass_fraction",
            what=f"active mass of {record.name}",
            target=active[0],
            direct=times(minus(whole[0], foil) if foil else whole[0], content[0]),
            ask="Does the electrode mass include the current collector?",
        )


def _loadings(record: Record) -> Claim | None:
    """The loading of active material from that of the coating and the fraction."""
    active = [r for r in record.all("loading", "mg/cm2") if _ACTIVE.search(f"{r.label} {r.of}")]
    whole = [r for r in record.all("loading", "mg/cm2") if r not in active]
    content = [r for r in record.all("mass_fraction") if _ACTIVE.search(r.label)]
    if not len(active) == len(whole) == len(content) == 1:
        return None
    return Claim(
        rule="mass_fraction",
        what=f"loading of active material of {record.name}",
        target=active[0],
        direct=times(whole[0], content[0]),
        severity="warning",
        soft=True,
        ask="Is the other loading that of the whole coating?",
    )


def _fraction(electrode: Electrode) -> Iterator[Claim]:
    record, part = electrode.record, f"{electrode.side} active"
    fraction = record.one("mass_fraction", "", part) or record.one("mass_fraction", "%", part)
    if fraction:
        yield Claim(
            rule="mass_fraction",
            what=f"active mass of the {electrode.side} of {record.name}",
            target=electrode.active,
            direct=times(electrode.coating, fraction),
            ask="Does the electrode mass include the current collector?",
        )


def _bound(electrode: Electrode) -> Claim:
    return Claim(
        rule="mass_fraction",
        what=f"active mass within the {electrode.side} of {electrode.record.name}",
        target=electrode.active,
        direct=electrode.coating,
        relation="<=",
        ask="Are the two masses swapped?",
    )


def _same_recipe(electrode: Electrode, before: dict[tuple[str, str], Electrode]) -> Iterator[Claim]:
    """The same electrode material in an earlier cell of the same kind: the same fraction."""
    record = electrode.record
    key = (material_names.key(electrode.material), str(record.kind))
    earlier = before.setdefault(key, electrode)
    printed = record.all("mass_fraction") or record.all("collector_mass")
    other = earlier.active.place != electrode.active.place and earlier.whole.place != electrode.whole.place
    if key[0] and other and not printed and is_own(record):
        before[key] = electrode
        yield Claim(
            rule="mass_fraction",
            what=f"active fraction of the {electrode.side} of {record.name} compared with {earlier.record.name}",
            target=electrode.active,
            direct=times(electrode.whole, over(earlier.active, earlier.whole)),
            because=f"both electrodes contain {electrode.material}",
            severity="warning",
            soft=True,
            ask="Do the two electrodes have the same recipe?",
        )
