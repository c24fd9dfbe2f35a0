"""The mean voltage of a full cell does not exceed what the open-circuit potentials allow at its capacity."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.rules.energy import capacity_bases, specific_capacity
from halfcell.audit.same_cell import is_own, own
from halfcell.core import material_names
from halfcell.materials.couples import components, couple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding
    from halfcell.materials.voltage_bound import AnodeMixture, VoltageBound

FORMULA = (
    "V ≤ mean over the delivered capacity of U_cathode − U_anode, with the anode's hosts at one potential, for every "
    "set of published open-circuit potentials (materials/open_circuit.toml)"
)
LIMITS = (
    "Needs the masses of both active materials, the specific capacity and, for a mixture, its reversible capacity in "
    "the same document. The most favourable case is taken: no polarisation, the anode full of lithium, a charge to "
    "4.3 V, graphite in the place of all tin and carbon. Only a voltage above all sets raises a question; none fails. "
    "There are sets of Si, Sn, graphite and NCM811."
)
SI_PER_MAH_PER_G = 3600.0  # C/kg
CAPACITIES = ("initial_charge_capacity", "charge_capacity", "reversible_capacity")


@dataclass(frozen=True, kw_only=True)
class _Anode:
    """An anode's mixture and the words that say where it comes from."""

    mixture: AnodeMixture
    words: str


class _Bounded(NamedTuple):
    """What the anode was taken for, and the bound."""

    anode: str
    bound: VoltageBound


def check(facts: Facts) -> Iterator[Finding]:
    """Bound the mean voltage of each full cell whose masses, capacity and hosts are known."""
    from halfcell.materials.voltage_bound import mean_voltage_bound

    based_on = {table: found.basis for table, found in capacity_bases(facts).items()}
    printed = _printed_capacities(facts)
    for record in (one for one in facts.records if facts.carriers.get(one.table, "Li") == "Li"):
        volt, capacity = record.one("average_voltage", "V"), specific_capacity(record)
        if volt is None or capacity is None or not is_own(record) or not record.anode or not record.cathode:
            continue
        anode = _anode(record, printed) if based_on.get(record.table) == "cathode active" else None
        bound = mean_voltage_bound(anode.mixture, record.cathode, _mah_per_g(capacity)) if anode else None
        if anode and bound:
            yield _finding(record, volt, capacity, _Bounded(anode.words, bound), facts.settings.rounding)


def _mah_per_g(reading: Reading) -> float:
    return float(reading.point) / SI_PER_MAH_PER_G


def _printed_capacities(facts: Facts) -> dict[str, float]:
    """Material -> the reversible capacity (mAh/g) of its own half cells; a later one is divided by its retention."""
    found: dict[str, float] = {}
    for record in own(facts):
        reading = next((r for name in CAPACITIES if (r := record.one(name, "mAh/g"))), None)
        if record.cathode or reading is None or (record.kind and not record.kind.is_anode_half):
            continue
        retention = record.one("capacity_retention") if reading.cycle else None
        value = _mah_per_g(reading) / (float(retention.point) if retention and retention.point else 1.0)
        name = material_names.key(record.subject)
        found[name] = max(value, found.get(name, 0.0))
    return found


def _anode(record: Record, printed: Mapping[str, float]) -> _Anode | None:
    """The mixture of the anode, from its name, its mass, and capacities that the document prints."""
    from halfcell.materials.voltage_bound import AnodeMixture

    anode, cathode = (record.one("mass", "mg", f"{part} active") for part in ("anode", "cathode"))
    if anode is None or cathode is None or not cathode.point:
        return None
    ratio = float(anode.point / cathode.point)
    host = couple(record.anode)
    if host and host.role == "anode":
        whole = host.capacity_mah_per_g
        mixture = AnodeMixture(shares={host.name: 1.0}, mah_per_g_cathode=(whole or 0.0) * ratio)
        return _Anode(mixture=mixture, words=f"{host.name} with {whole:.0f} mAh/g") if whole else None
    found = _mixture(record.anode, printed)
    if found is None:
        return None
    shares, whole, words = found
    return _Anode(mixture=AnodeMixture(shares=shares, mah_per_g_cathode=whole * ratio), words=words)


def _mixture(name: str, printed: Mapping[str, float]) -> tuple[dict[str, float], float, str] | None:
    """Shares of the capacity of a silicon composite: graphite has what its printed capacities leave for it."""
    whole = printed.get(material_names.key(name))
    parts = [part for part, _ in components(name)]
    hosts = [found.name for part in parts if (found := couple(part))]
    graphite = couple("graphite")
    rest = (graphite.capacity_mah_per_g if graphite else None) or 0.0
    if whole is None or "Si" not in hosts or len(hosts) < len(parts):
        return None
    soft = [found for found in hosts if found in {"graphite", "carbon"}]
    base_name = "/".join(part for part, host in zip(parts, hosts, strict=True) if host not in {"graphite", "carbon"})
    base = printed.get(material_names.key(base_name)) or _silicon()
    share = (base - whole) / (base - rest) * rest / whole if soft and base > whole > rest else 0.0
    words = f"{name} {whole:.0f} mAh/g, {base_name} {base:.0f} mAh/g, thus at most {share:.0%} of it from graphite"
    return {"Si": 1 - share, "graphite": share}, whole, words


def _silicon() -> float:
    silicon = couple("Si")
    return (silicon.capacity_mah_per_g if silicon else None) or 0.0


def _finding(record: Record, volt: Reading, capacity: Reading, found: _Bounded, rounding: Rounding) -> Finding:
    bound = found.bound
    least = volt.interval(rounding).low
    good = least <= Fraction(bound.high)
    explain = (
        f"{capacity.text} allow {bound.low:.2f} to {bound.high:.2f} V without polarisation (median {bound.median:.2f} "
        f"V, {bound.anode_sets} × {bound.cathode_sets} sets of open-circuit potentials; {found.anode}); printed "
        f"{volt.text}"
    )
    above = f", {float(least) - bound.high:.2f} V above the highest of them ({bound.highest_of})"
    return Finding(
        rule="voltage_bound",
        verdict=Verdict.HOLDS if good else Verdict.SEEN,
        severity="note" if good else "warning",
        what=f"mean voltage of {record.name} at {capacity.text}",
        explain=explain + (": holds" if good else above),
        places=(volt.place, capacity.place),
        printed=volt.text,
        ask=""
        if good
        else "Is it E/Q of the discharge, to which voltage was the cell charged, and against which anode?",
    )
