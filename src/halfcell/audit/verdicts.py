"""Verdicts: a claim is checked with exact intervals on two routes and becomes a finding with its calculation."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.claims import Claim, Finding, Severity, Verdict
from halfcell.audit.expression import Expression, evaluate, readings, sources, written_out
from halfcell.audit.interval import Interval, exactly
from halfcell.audit.readings import scaled
from halfcell.core.errors import InputError
from halfcell.core.printed import Printed, Rounding

if TYPE_CHECKING:
    from halfcell.audit.document_place import Place
    from halfcell.audit.readings import Reading

LEADING = 4  # significant digits in which a wrong one is tried; further ones are a computer's, not a measurement's
WEAK_SHARE = Fraction(1, 2)  # a check that lets half of all wrong digits pass could hardly fail
_RELATIONS = {"=": "", "<=": "upper limit ", ">=": "lower limit "}


class _Routes(NamedTuple):
    """The intervals that the routes of a calculation give; None for a route that is not there or divides by zero."""

    direct: Interval | None  # each input anywhere in its rounding interval
    stepped: Interval | None  # the printed intermediate results taken exactly as printed
    loose: Interval | None  # the printed intermediate results anywhere in their rounding intervals

    @property
    def best(self) -> Interval | None:
        """The one that is shown."""
        return self.direct or self.loose


def judge(claim: Claim, rounding: Rounding) -> Finding:
    """Check one claim.

    `Claim.direct` is evaluated with every input anywhere in its rounding interval, `Claim.stepwise` with the printed
    intermediate results taken exactly as printed. A route agrees if its interval and that of the printed number have a
    point in common. If neither agrees, but the intermediate results would within their own rounding intervals, the
    claim still holds: no number fails if the printed digits allow agreement.
    """
    routes = _Routes(
        direct=_interval(claim.direct, rounding, ()),
        stepped=_interval(claim.stepwise, rounding, claim.steps),
        loose=_interval(claim.stepwise, rounding, ()),
    )
    best = routes.best
    verdict = _verdict(claim, routes, claim.target.interval(rounding))
    if verdict is Verdict.HOLDS and best and passing_share(claim, best, rounding) >= WEAK_SHARE:
        verdict = Verdict.WEAK
    if verdict is Verdict.FAILS and _within_spread(claim, rounding):
        verdict = Verdict.WEAK
    failed = verdict is Verdict.FAILS
    severity: Severity = claim.severity if failed else "note"
    if failed and claim.soft:
        verdict = Verdict.SEEN
    return Finding(
        rule=claim.rule,
        verdict=verdict,
        severity=severity,
        what=claim.what,
        explain=_explained(claim, routes, verdict),
        places=_places(claim),
        printed=claim.target.text,
        computed=_span(best, claim.target) if best else "",
        width=best.width / (claim.target.printed.last_digit * claim.target.unit.scale) if best else None,
        ask=claim.ask if failed else "",
        exact=is_exact(claim, rounding),
    )


def _within_spread(claim: Claim, rounding: Rounding) -> bool:
    """Whether the printed spreads (±) of means allow the relation: a mean of ratios is not a ratio of means."""

    def wide(reading: Reading) -> Interval:
        found, spread = reading.interval(rounding), reading.spread
        by = spread.value * reading.unit.scale if spread else Fraction(0)
        return Interval(found.low - by, found.high + by)

    used = [r for route in (claim.direct, claim.stepwise) if route for r in readings(route)]
    if not any(reading.spread for reading in (claim.target, *used)):
        return False
    routes = [evaluate(route, wide) for route in (claim.direct, claim.stepwise) if route]
    return any(bool(_agree(claim, route, wide(claim.target))) for route in routes)


def _verdict(claim: Claim, routes: _Routes, wanted: Interval) -> Verdict:
    by_direct, by_steps, by_loose = (_agree(claim, route, wanted) for route in routes)
    if by_direct is None and by_steps is None and by_loose is None:
        return Verdict.UNCHECKED
    if by_direct is None or by_steps is None:
        return Verdict.HOLDS if by_direct or by_steps or by_loose else Verdict.FAILS
    if by_direct and by_steps:
        return Verdict.HOLDS
    if by_direct:
        return Verdict.UNROUNDED
    if by_steps:
        return Verdict.ROUNDED
    return Verdict.HOLDS if by_loose else Verdict.FAILS


def _agree(claim: Claim, route: Interval | None, wanted: Interval) -> bool | None:
    """Whether an interval and that of the printed number allow the relation; None without an interval."""
    if route is None:
        return None
    if claim.relation == "<=":
        return wanted.low <= route.high
    if claim.relation == ">=":
        return wanted.high >= route.low
    return wanted.meets(route)


def agrees(claim: Claim, rounding: Rounding) -> bool:
    """Whether any route allows the printed number."""
    wanted = claim.target.interval(rounding)
    routes = (_interval(claim.direct, rounding, ()), _interval(claim.stepwise, rounding, ()))
    return any(bool(_agree(claim, route, wanted)) for route in routes) or _within_spread(claim, rounding)


def _interval(expression: Expression | None, rounding: Rounding, exact: tuple[Reading, ...]) -> Interval | None:
    """The interval of a route; the readings in `exact` count as printed."""
    if expression is None:
        return None
    fixed = {reading.place for reading in exact}
    return evaluate(expression, lambda r: exactly(r.point) if r.place in fixed else r.interval(rounding))


def is_exact(claim: Claim, rounding: Rounding) -> bool | None:
    """Whether the printed digits of the inputs give exactly the printed number; None if the claim has no equation."""
    if claim.relation != "=" or claim.direct is None:
        return None
    wanted = claim.target.interval(rounding)
    routes = [e for e in (claim.direct, claim.stepwise) if e is not None]
    if claim.target.sign or any(reading.sign for route in routes for reading in readings(route)):
        return None
    points = [evaluate(route, lambda r: exactly(r.point)) for route in routes]
    return any(point is not None and wanted.meets(point) for point in points)


def turned_exactly(claim: Claim, place: int, rounding: Rounding) -> bool:
    """Whether the input at a place is exactly what the printed digits of all other numbers give.

    It must not be so, too, if the printed number were a last digit higher and a last digit lower: that would not tell.
    """
    used = list(readings(claim.direct)) if claim.direct else []
    if place >= len(used) or claim.direct is None or sum(other is used[place] for other in used) != 1:
        return False
    ends = used[place].interval(rounding)
    found = [
        evaluate(claim.direct, lambda r, end=end: exactly(end if r is used[place] else r.point))  # type: ignore[misc]
        for end in (ends.low, ends.high)
    ]
    values = sorted(span.middle for span in found if span)
    target, step = claim.target.point, claim.target.printed.last_digit * claim.target.unit.scale
    if len(values) != len(found) or not values[0] <= target <= values[1]:
        return False
    return not (values[0] <= target - step and target + step <= values[1])


def passing_share(claim: Claim, route: Interval, rounding: Rounding) -> Fraction:
    """The share of all single wrong digits, among the leading ones, that this check would let pass."""
    text = claim.target.printed.text
    passed = total = 0
    for index, digit in _leading(text):
        for other in "0123456789":
            if other == digit:
                continue
            total += 1
            passed += _would_pass(claim, text[:index] + other + text[index + 1 :], route, rounding)
    return Fraction(passed, total) if total else Fraction(1)


def _leading(text: str) -> list[tuple[int, str]]:
    """The leading significant digits of a number, each with its index in the text."""
    digits = [(index, sign) for index, sign in enumerate(text.lower().split("e")[0]) if sign.isdigit()]
    first = next((i for i, (_, sign) in enumerate(digits) if sign != "0"), 0)
    return digits[first : first + LEADING]


def _would_pass(claim: Claim, text: str, route: Interval, rounding: Rounding) -> bool:
    try:
        wanted = scaled(Printed(text), claim.target.unit.scale, rounding)
    except InputError:
        return False
    return bool(_agree(claim, route, wanted))


def _places(claim: Claim) -> tuple[Place, ...]:
    """The cell that is checked, then the inputs, each once."""
    routes = [route for route in (claim.direct, claim.stepwise) if route]
    inputs = (reading.place for route in routes for reading in sources(route))
    return tuple(dict.fromkeys((claim.target.place, *inputs)))


def _explained(claim: Claim, routes: _Routes, verdict: Verdict) -> str:
    """The calculation in words and numbers."""
    limit = _RELATIONS[claim.relation]
    lines = []
    for expression, interval, name in (
        (claim.direct, routes.direct, ""),
        (claim.stepwise, routes.stepped, "from printed intermediate results "),
    ):
        if expression is not None and interval is not None:
            lines.append(f"{name}{limit}{written_out(expression)} = {_span(interval, claim.target)}")
    text = "; ".join(lines) or "an input is zero or missing"
    text += f"; printed {claim.target.text}"
    if claim.because:
        text += f" ({claim.because})"
    return f"{text}: {outcome(verdict)}"


def outcome(verdict: Verdict) -> str:
    """A verdict as the end of a sentence."""
    return {Verdict.WEAK: "holds (weak check)", Verdict.SEEN: "does not agree"}.get(verdict, verdict.value)


def _span(interval: Interval, target: Reading) -> str:
    """An interval in the unit of the printed number, with one decimal more."""
    scale = target.unit.scale
    digits = max(target.printed.decimals, 0) + 1
    low, high = (decimal_text(end / scale, digits) for end in (interval.low, interval.high))
    span = low if low == high else f"{low} to {high}"
    return f"{span} {target.unit.text}".strip()


def decimal_text(value: Fraction, decimals: int) -> str:
    """A fraction with this many decimals, but at least three significant digits."""
    if value and abs(value) * 10**decimals < 100:
        return f"{float(value):.3g}"
    return f"{float(value):.{decimals}f}"
