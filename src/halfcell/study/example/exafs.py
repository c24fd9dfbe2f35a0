"""Example raw files of EXAFS: simulated XDI scans of the Sn K edge at three states of two anodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.readers import xdi
from halfcell.techniques.exafs import Parameters, Path, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

RAW = {"exafs": "raw/xas/{sample}.xdi"}

_STATES = ("pristine", "0.01 V", "2.0 V")
_LITHIATED = Path(bond_angstrom=2.85, neighbours=4.0, spread_angstrom2=0.02, amplitude_k=1.6, phase=1.0)

# Shells: Sn-Sn of beta-tin (3.02, 3.18 angstrom); lithiation takes the Sn-Sn pairs apart; delithiated tin is
# disordered.
# The document shows the spectra without numbers: neighbours and spreads are of our own choice.
_SHELLS: dict[str, tuple[tuple[Path, ...], ...]] = {
    "Sn": (
        (
            Path(bond_angstrom=3.02, neighbours=4.0, spread_angstrom2=0.009),
            Path(bond_angstrom=3.18, neighbours=2.0, spread_angstrom2=0.011),
        ),
        (_LITHIATED,),
        (Path(bond_angstrom=3.0, neighbours=4.0, spread_angstrom2=0.013),),
    ),
    "Si/a-Sn/CoSi2/G/C": (
        (Path(bond_angstrom=2.98, neighbours=3.2, spread_angstrom2=0.014),),
        (_LITHIATED,),
        (Path(bond_angstrom=2.98, neighbours=3.0, spread_angstrom2=0.016),),
    ),
}
_SCANS = {
    f"{anode} {state}": Parameters(paths=paths, title=state, noise=2.5e-4)
    for anode, shells in _SHELLS.items()
    for state, paths in zip(_STATES, shells, strict=True)
}

SAMPLES = tuple({"name": f"{anode} {state}", "label": state} for anode in _SHELLS for state in _STATES)
CELLS: tuple[dict[str, str], ...] = ()

_FIGURE = """
[[figure]]
id = "{id}"
caption = "Ex situ Sn K-edge EXAFS spectra of the {anode} anode at the pristine state, fully lithiated state (0.01 V), and delithiated state (2.0 V): a normalised absorption, b |χ(R)|, not phase-corrected."
columns = 2
width_mm = 180
panels = [
  {{ technique = "exafs", show = "absorption", samples = {samples} }},
  {{ technique = "exafs", show = "chi(R)", samples = {samples} }},
]
"""  # noqa: E501


def _item(number: str, anode: str) -> str:
    samples = "[" + ", ".join(f'"{anode} {state}"' for state in _STATES) + "]"
    return _FIGURE.format(id=number, anode=anode, samples=samples)


ITEMS = _item("S27", "Si/a-Sn/CoSi2/G/C")  # S26 has the patterns of the Sn anode, too: see composites

TRUTH: tuple[tuple[str, str, str, float, str], ...] = tuple(
    (name, "exafs", quantity, value, unit)
    for name, p in _SCANS.items()
    for quantity, value, unit in (("e0", p.e0_electronvolt, "eV"), ("edge_step", p.step, ""))
)


def files(seed: int) -> Iterator[tuple[str, bytes]]:
    """An XDI file a state."""
    import numpy as np

    for number, (name, parameters) in enumerate(_SCANS.items()):
        rng = np.random.default_rng([seed, 950 + number])
        yield f"raw/xas/{name.replace('/', '_').replace(' ', '_')}.xdi", xdi.write(simulate(parameters, rng))
