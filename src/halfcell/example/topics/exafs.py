"""Example raw files of EXAFS: simulated XDI scans of the Sn K edge at three states of two anodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.spectra import xdi
from halfcell.techniques.exafs import Parameters, Path, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"exafs": "raw/xas/{sample}_?_{state}.xdi"}

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
    (anode, state): Parameters(paths=paths, title=f"{anode} {state}", noise=2.5e-4)
    for anode, shells in _SHELLS.items()
    for state, paths in zip(_STATES, shells, strict=True)
}

_SAMPLES = tuple({"name": anode} for anode in _SHELLS)

_FIGURE = """
[[figure]]
id = "{id}"
caption = "Ex situ Sn K-edge EXAFS spectra of the {anode} anode at the pristine state, fully lithiated state (0.01 V), and delithiated state (2.0 V): a normalised absorption, b |χ(R)|, not phase-corrected, c its difference from the pristine state with the noise of both."
columns = 3
width_mm = 180
panels = [
  {{ technique = "exafs", show = "absorption", samples = ["{anode}"] }},
  {{ technique = "exafs", show = "chi(R)", samples = ["{anode}"] }},
  {{ technique = "exafs", show = "differences", samples = ["{anode}"] }},
]
"""  # noqa: E501


_ITEMS = _FIGURE.format(id="S27", anode="Si/a-Sn/CoSi2/G/C")  # S26 has the patterns of the Sn anode: see composites

_ONE_SHELL = "Si/a-Sn/CoSi2/G/C"
_PRISTINE = _SHELLS[_ONE_SHELL][0][0]
_TRUTH = (
    *(
        Truth(anode, "exafs", quantity, value, unit)
        for (anode, state), p in _SCANS.items()
        if state == _STATES[0]
        for quantity, value, unit in (("e0", p.e0_electronvolt, "eV"), ("edge_step", p.step, ""))
    ),
    # one shell: its peak stands at the bond length and half the slope of its phase
    Truth(_ONE_SHELL, "exafs", "first_peak", _PRISTINE.bond_angstrom + _PRISTINE.phase_slope / 2, "angstrom"),
)


def files(seed: int) -> Iterator[SimulatedFile]:
    """One XDI file per state."""
    import numpy as np

    for number, ((anode, state), parameters) in enumerate(_SCANS.items()):
        rng = np.random.default_rng([seed, 950 + number])
        order = 1 + _STATES.index(state)
        name = f"{anode.replace('/', '_')}_{order}_{state.replace(' ', '_')}"
        yield SimulatedFile(f"raw/xas/{name}.xdi", xdi.write(simulate(parameters, rng)))


TOPIC = Topic(
    raw=_RAW,
    samples=_SAMPLES,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
