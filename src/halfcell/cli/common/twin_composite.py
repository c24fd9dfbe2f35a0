"""The capacity of a composite from its recipe, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from halfcell.cli.common.twin_tables import print_table
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    import argparse

    from halfcell.materials.composites import Part

HINT = "write NAME=WT_PERCENT, NAME=WT_PERCENT+-STD or NAME=WT_PERCENT:MAH_PER_G"


def add_composite(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of a composite."""
    parser.add_argument(
        "--part",
        action="append",
        default=[],
        metavar="NAME=WT_PERCENT[+-STD][:MAH_PER_G]",
        help="composite: a part of the recipe, with a measured capacity where nothing bounds it (repeatable)",
    )
    parser.add_argument(
        "--milled",
        default="",
        metavar="SI,SN,METAL,ELEMENT",
        help="composite: weighed wt%% of Si, Sn and a metal (Fe, Co, Ni) that takes its silicon into a disilicide",
    )
    parser.add_argument(
        "--utilisation",
        default="1",
        metavar="SHARE[+-STD]",
        help="composite: which share of the theoretical capacity is used",
    )


def run_composite(args: argparse.Namespace) -> int:
    """Print the capacity of a composite with its uncertainty, and what each part gives.

    Raises
    ------
    InputError
        If the recipe is none.
    """
    from halfcell.materials.composites import capacity, capacity_shares

    parts = _parts(args)
    found, shares = capacity(parts), capacity_shares(parts)
    if args.json:
        rows = {one.name: {"wt_percent": one.mass_fraction * 100, "share": shares[one.name]} for one in parts}
        print(json.dumps({"capacity_mah_per_g": found.value, "std": found.std, "parts": rows}))
        return 0
    print_table([
        ["part", "wt%", "% of the capacity"],
        *([one.name, f"{one.mass_fraction * 100:.1f}", f"{shares[one.name] * 100:.1f}"] for one in parts),
    ])  # fmt: skip
    spread = f" +- {found.std:.0f}" if found.std else ""
    print(f"capacity: {found.value:.0f}{spread} mAh/g")
    return 0


def _parts(args: argparse.Namespace) -> list[Part]:
    from halfcell.materials.composites import milled_with_metal

    used = _number(args.utilisation, "--utilisation")
    if bool(args.part) == bool(args.milled):
        raise InputError("a composite needs a recipe", "--part", f"{HINT}; or --milled 70,10,20,Co")
    if args.milled:
        words = args.milled.split(",")
        if len(words) != 4:
            raise InputError(f"{args.milled!r} is no recipe", "--milled", "write 70,10,20,Co")
        weighed = [_number(word, "--milled")[0] / 100 for word in words[:3]]
        made = milled_with_metal(weighed[0], weighed[1], weighed[2], words[3].strip())
        return [_used(one, used) for one in made]
    return [_used(_part(word), used) for word in args.part]


def _part(word: str) -> Part:
    from halfcell.materials.composites import Part

    name, equals, rest = word.partition("=")
    if not equals:
        raise InputError(f"{word!r} is no part", "--part", HINT)
    share, _, measured = rest.partition(":")
    value, std = _number(share, "--part")
    known = _number(measured, "--part")[0] if measured else None
    return Part(name=name.strip(), mass_fraction=value / 100, mass_fraction_std=std / 100, mah_per_g=known)


def _used(part: Part, used: tuple[float, float]) -> Part:
    from dataclasses import replace

    return part if part.mah_per_g is not None else replace(part, utilisation=used[0], utilisation_std=used[1])


def _number(word: str, option: str) -> tuple[float, float]:
    """A value and its standard uncertainty (0 where none is given)."""
    value, _, std = word.partition("+-")
    try:
        return float(value), float(std or 0)
    except ValueError:
        raise InputError(f"{word!r} is no number", option, HINT) from None
