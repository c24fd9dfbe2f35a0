"""An exchange current density follows from the charge-transfer resistance (linearised Butler-Volmer equation)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, number, over, times
from halfcell.audit.interval import Interval
from halfcell.audit.rules.conductivity import area_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "j0 = R T / (n F R_ct A), n = 1, with 20 to 30 °C unless a temperature is printed"
LIMITS = "Of symmetric cells half of the resistance counts. It is compared where most rows agree with one of these."
GAS_OVER_FARADAY = Fraction(831446262, 100_000_000) / Fraction(9648533212, 100_000)  # V/K, CODATA 2018
ROOM = Interval(Fraction(29315, 100), Fraction(30315, 100))  # K
SQUARE_CENTIMETRE = Fraction(1, 10_000)  # m2


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with exchange currents and resistances."""
    for records in facts.by_table().values():
        ways = [[c for r in records if (c := _claim(r, share))] for share in (1, 2)]
        yield from best_agreeing(ways, facts.settings.rounding)


def _claim(record: Record, halves: int) -> Claim | None:
    current = record.one("exchange_current", "mA/cm2")
    resistance = _resistance(record)
    if current is None or resistance is None or resistance[0].point <= 0:
        return None
    reading, area = resistance
    per_area = times(reading, area) if area else times(reading)
    return Claim(
        rule="exchange_current",
        what=f"exchange current density of {record.name}",
        target=current,
        direct=over(times(_thermal(record), number(halves)), per_area),
        because="of one of two electrodes" if halves == 2 else "",
        severity="warning",
        soft=True,
        ask="From which resistance, area and temperature was it calculated?",
    )


def _resistance(record: Record) -> tuple[Reading, Expression | None] | None:
    """The charge-transfer resistance, with the area that makes it one of an area: 1 cm2 if none is printed."""
    found = [r for r in record.all("area_resistance", "ohm cm2") if _is_transfer(r)]
    whole = [r for r in record.all("resistance", "ohm") if _is_transfer(r)]
    if len(found) == 1:
        return found[0], None
    unit = Constant(Interval(SQUARE_CENTIMETRE, SQUARE_CENTIMETRE), "1 cm2")
    return (whole[0], area_of(record) or unit) if len(whole) == 1 and not found else None


def _is_transfer(reading: Reading) -> bool:
    label = reading.label.lower().replace("_", "")
    return "ct" in label or "transfer" in label or "total" in label


def _thermal(record: Record) -> Constant:
    """R T / F in volt."""
    printed = record.one("temperature")
    kelvin = printed.point + (Fraction(27315, 100) if printed.unit.kind == "degC" else 0) if printed else None
    ends = (kelvin, kelvin) if kelvin else (ROOM.low, ROOM.high)
    return Constant(Interval(ends[0] * GAS_OVER_FARADAY, ends[1] * GAS_OVER_FARADAY), "R T / F")
