"""The judge: a claim becomes a finding by exact intervals, on two routes, with its calculation in words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Place, Severity, Verdict, place
from halfcell.audit.expression import Expression, evaluate, readings, words
from halfcell.audit.interval import Interval, exactly
from halfcell.audit.readings import scaled
from halfcell.core.errors import InputError
from halfcell.core.printed import Printed, Rounding

if TYPE_CHECKING:
    from halfcell.audit.readings import Reading

LEADING = 4  # significant digits in which a wrong one is looked for; more are a computer's, not a measurement's
WEAK_SHARE = Fraction(1, 2)  # a check that lets half of all wrong digits through could hardly fail


def judge(claim: Claim, rounding: Rounding) -> Finding:
    """Judge one claim.

    The routes: `direct` with every input anywhere in its rounding interval; `stepwise` with the printed intermediates
    taken exactly as printed. Agreement means that the interval and the printed number's own interval have a point in
    common. Where both routes miss but the intermediates' own intervals allow it, it still holds: no number is said to
    fail where the printed digits allow agreement.
    """
    direct = _interval(claim.direct, rounding, ())
    stepped = _interval(claim.stepwise, rounding, claim.steps)
    loose = _interval(claim.stepwise, rounding, ())
    wanted = claim.target.interval(rounding)
    verdict = _verdict(claim, direct, stepped, loose, wanted)
    best = direct or loose
    if verdict is Verdict.HOLDS and best and passing_share(claim, best, rounding) >= WEAK_SHARE:
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
        explain=explain(claim, direct, stepped, verdict),
        places=_places(claim),
        printed=claim.target.text,
        computed=_span(best, claim.target) if best else "",
        width=best.width / (claim.target.printed.last_digit * claim.target.unit.scale) if best else None,
        ask=claim.ask if failed else "",
        exact=is_exact(claim, rounding),
    )


def _verdict(
    claim: Claim, direct: Interval | None, stepped: Interval | None, loose: Interval | None, wanted: Interval
) -> Verdict:
    """The ladder."""
    agrees = [agree(claim, route, wanted) for route in (direct, stepped, loose)]
    if all(answer is None for answer in agrees):
        return Verdict.UNCHECKED
    by_direct, by_steps, by_loose = agrees
    if by_direct is None or by_steps is None:
        return Verdict.HOLDS if by_direct or by_steps or by_loose else Verdict.FAILS
    if by_direct and by_steps:
        return Verdict.HOLDS
    if by_direct:
        return Verdict.UNROUNDED
    if by_steps:
        return Verdict.ROUNDED
    return Verdict.HOLDS if by_loose else Verdict.FAILS


def agree(claim: Claim, route: Interval | None, wanted: Interval) -> bool | None:
    """Whether an interval and the printed number's interval allow the relation; None without an interval."""
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
    return any(bool(agree(claim, route, wanted)) for route in routes)


def _interval(expression: Expression | None, rounding: Rounding, exact: tuple[Reading, ...]) -> Interval | None:
    """The interval of a route; the readings in `exact` count as printed."""
    if expression is None:
        return None
    fixed = {reading.place for reading in exact}
    return evaluate(expression, lambda r: exactly(r.point) if r.place in fixed else r.interval(rounding))


def is_exact(claim: Claim, rounding: Rounding) -> bool | None:
    """Whether a route, computed from the printed digits alone, prints exactly as the number stands."""
    if claim.relation != "=" or claim.direct is None:
        return None
    wanted = claim.target.interval(rounding)
    routes = [e for e in (claim.direct, claim.stepwise) if e is not None]
    points = [evaluate(route, lambda r: exactly(r.point)) for route in routes]
    return any(point is not None and wanted.meets(point) for point in points)


def passing_share(claim: Claim, route: Interval, rounding: Rounding) -> Fraction:
    """Which share of all single wrong digits among the leading ones this check would let pass."""
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
    """The places of the leading significant digits, as many as a reader would look at."""
    digits = [(index, sign) for index, sign in enumerate(text.lower().split("e")[0]) if sign.isdigit()]
    first = next((i for i, (_, sign) in enumerate(digits) if sign != "0"), 0)
    return digits[first : first + LEADING]


def _would_pass(claim: Claim, text: str, route: Interval, rounding: Rounding) -> bool:
    try:
        wanted = scaled(Printed(text), claim.target.unit.scale, rounding)
    except InputError:
        return False
    return bool(agree(claim, route, wanted))


def _places(claim: Claim) -> tuple[Place, ...]:
    """The judged cell, then the inputs, each once."""
    seen = [claim.target]
    for route in (claim.direct, claim.stepwise):
        for reading in readings(route) if route else ():
            if reading.place not in {r.place for r in seen}:
                seen.append(reading)
    return tuple(place(reading) for reading in seen)


def explain(claim: Claim, direct: Interval | None, stepped: Interval | None, verdict: Verdict) -> str:
    """The calculation in words and numbers."""
    lines = []
    sign = {"=": "=", "<=": "≤", ">=": "≥"}[claim.relation]
    for route, interval, name in ((claim.direct, direct, ""), (claim.stepwise, stepped, "with the printed steps ")):
        if route is not None and interval is not None:
            lines.append(f"{name}{words(route)} = {_span(interval, claim.target)}")
    text = "; ".join(lines) or "an input is zero or missing"
    text += f"; printed {'' if sign == '=' else 'must be ' + sign + ' that, and is '}{claim.target.text}"
    if claim.because:
        text += f" ({claim.because})"
    return f"{text}: {verdict.value}"


def _span(interval: Interval, target: Reading) -> str:
    """An interval in the printed number's own unit, one digit finer than it is printed."""
    scale = target.unit.scale
    digits = max(target.printed.decimals, 0) + 1
    low, high = (shown(end / scale, digits) for end in (interval.low, interval.high))
    span = low if low == high else f"{low} to {high}"
    return f"{span} {target.unit.text}".strip()


def shown(value: Fraction, decimals: int) -> str:
    """A fraction with so many decimals (three significant ones at least)."""
    if value and abs(value) * 10**decimals < 100:
        return f"{float(value):.3g}"
    return f"{float(value):.{decimals}f}"
