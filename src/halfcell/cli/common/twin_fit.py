"""``halfcell twin fit``: values of one or several cards, their uncertainties and intervals, the card that results."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.cli.common.twin_tables import prediction_json, show_prediction
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from halfcell.twin.card import Card
    from halfcell.twin.fit import Fitted
    from halfcell.twin.fit_problem import Free
    from halfcell.twin.intervals import Ends


def run_fit(card: Card, args: argparse.Namespace) -> int:
    """Fit the values of ``--free``."""
    from halfcell.twin.cards import load_card
    from halfcell.twin.fit import fit

    if not args.free:
        raise InputError("nothing to fit", hint="--free anode.diffusion_hours")
    cards = [card, *map(load_card, args.with_card)]
    found = fit(cards, [_free(word, len(cards)) for word in args.free], args.prior)
    ends = _ends(found, wanted=args.intervals)
    if args.write:
        _write(found, Path(args.write))
    if args.json:
        print(json.dumps(_as_json(found, ends)))
    else:
        _show(found, ends)
    return 0


def _free(word: str, count: int) -> Free:
    """``PATH``, ``PATH@2``, ``PATH@1,2``: a value of all cards, of one, or of some."""
    from halfcell.twin.fit_problem import Free

    path, at, numbers = word.partition("@")
    if not at:
        return Free(path)
    try:
        cards = tuple(int(number) - 1 for number in numbers.split(","))
    except ValueError:
        cards = (-1,)
    if not all(0 <= number < count for number in cards):
        raise InputError(f"{word!r} names no card", hint=f"there are {count}: {path}@1 is that of the first")
    return Free(path, cards[0] if len(cards) == 1 else cards)


def _ends(found: Fitted, *, wanted: bool) -> Mapping[str, Ends]:
    """The 95 % intervals, if they are asked for."""
    if not wanted:
        return {}
    from halfcell.twin.intervals import intervals

    return intervals(found)


def _write(found: Fitted, path: Path) -> None:
    """The fitted cards as files; of several each with its number."""
    from halfcell.core.atomic_files import write_aside
    from halfcell.twin.card_writer import card_text

    for number, card in enumerate(found.cards, 1):
        name = path if len(found.cards) == 1 else path.with_stem(f"{path.stem}-{number}")
        write_aside(name, card_text(card))
        print(f"written: {name}", file=sys.stderr)


def _as_json(found: Fitted, ends: Mapping[str, Ends]) -> dict[str, object]:
    kind = "fit covariance"
    values = {
        name: {"value": value, "std": None if math.isnan(found.std[name]) else found.std[name], "kind": kind}
        | ({"interval": ends[name]} if name in ends else {})
        for name, value in found.values.items()
    }
    made = [prediction_json(one) for one in found.predictions]
    more = {"cards": made} if len(made) > 1 else made[0]
    told = {
        "correlation": found.correlation, "scatter": found.scatter, "priors": found.priors, "held": found.held,
    }  # fmt: skip
    return {"values": values, **told, "doubts": list(found.doubts), **more}


def _show(found: Fitted, ends: Mapping[str, Ends]) -> None:
    for name, value in found.values.items():
        known = not math.isnan(found.std[name])
        print(f"{name} = {value:.4g}" + (f" ± {found.std[name]:.2g} (linearised fit covariance)" if known else ""))
        if name in ends:
            low, high = ("none" if end is None else f"{end:.4g}" for end in ends[name])
            print(f"    95 % interval by profile likelihood: {low} to {high}")
    for name in found.priors:
        print(f"{name} has a prior: its value and std in the card")
    if found.held:
        print(
            f"note: uncertainties hold where what is assumed and was held is right: {', '.join(found.held)}; give it a "
            "std, and it goes along",
            file=sys.stderr,
        )
    for doubt in found.doubts:
        print(f"note: {doubt}", file=sys.stderr)
    for made in found.predictions:
        show_prediction(made)
