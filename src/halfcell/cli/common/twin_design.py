"""``halfcell twin design``: what a cell weighs, holds and delivers, and which loading gives an energy density."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.cli.common.twin_tables import print_table
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    import argparse

    from halfcell.twin.card import Card
    from halfcell.twin.design import Design


def run_design(card: Card, args: argparse.Namespace) -> int:
    """Print the design of a card, of the one with ``--np``, and of the one that reaches ``--target``."""
    from halfcell.twin.design import design, loading_for, with_np_ratio
    from halfcell.twin.predict import measured_series

    currents = args.current or sorted({row.current for row in measured_series(card)})
    if not currents:
        raise InputError("no current to predict for", card.origin, "give --current, or [[measured]] in the card")
    before = card
    if args.np is not None:
        card = with_np_ratio(card, args.np)
    if args.target is not None:
        card = loading_for(card, args.target, args.basis, currents[0])
    made = design(card, currents)
    if args.write:
        from halfcell.core.atomic_files import write_aside
        from halfcell.twin.card_writer import card_text

        write_aside(Path(args.write), card_text(card))
        print(f"written: {args.write}", file=sys.stderr)
    if args.json:
        print(json.dumps(_as_json(made)))
        return 0
    if args.target is not None:
        factor = card.value("cathode.active_mg") / before.value("cathode.active_mg")
        print(f"{args.target:g} Wh/kg ({args.basis}) at {currents[0]:.4g} mA/g: {factor:.3f} times the loading")
    _show(made)
    return 0


def _as_json(made: Design) -> dict[str, Any]:
    return {
        "card": made.card.title,
        "loading_mg_per_cm2": {"anode": made.loading[0], "cathode": made.loading[1]},
        "areal_capacity_mah_per_cm2": {"anode": made.areal[0], "cathode": made.areal[1]},
        "np_ratio": made.np_ratio,
        "anode_content_at_end_of_charge": made.card.value("anode.charged_content"),
        "lithium_mah_per_cm2": made.lithium,
        "mass_mg_per_cm2": dict(made.mass),
        "rows": [
            {
                "current_ma_per_g": row.current,
                "capacity_mah_per_g": row.capacity,
                "areal_capacity_mah_per_cm2": row.areal_capacity,
                "mean_voltage_volt": row.mean_volt,
                "energy_density_wh_per_kg": dict(row.energy_density),
            }
            for row in made.rows
        ],
        "doubts": list(made.doubts),
    }


def _show(made: Design) -> None:
    print(made.card.title)
    full = made.card.value("anode.charged_content")
    print_table(
        [
            ["", "anode", "cathode"],
            ["loading of active material, mg/cm2", *(f"{value:.2f}" for value in made.loading)],
            ["capacity, mAh/cm2", *(f"{value:.2f}" for value in made.areal)],
        ]
    )
    print(f"N/P ratio {made.np_ratio:.3f}; at the end of charge the anode is filled to {full:.1%}")
    print(f"lithium of both at the end of charge: {made.lithium:.2f} mAh/cm2")
    bases = list(made.mass)
    print_table(
        [
            ["mA/g", "mAh/g", "mAh/cm2", "V", *(f"Wh/kg ({basis})" for basis in bases)],
            *(
                [f"{row.current:.4g}", f"{row.capacity:.1f}", f"{row.areal_capacity:.2f}", f"{row.mean_volt:.3f}"]
                + [f"{row.energy_density[basis]:.1f}" for basis in bases]
                for row in made.rows
            ),
        ]
    )
    for doubt in made.doubts:
        print(f"note: {doubt}", file=sys.stderr)
