"""How the resistance depends on the circuit and on how much of the tail is fitted."""

from __future__ import annotations

from halfcell.techniques.impedance.spectrum import Spectrum
from halfcell.techniques.ionic_conductivity.blocking_circuits import BlockingFit
from halfcell.techniques.ionic_conductivity.spread import over_circuits, over_windows


def test_a_circuit_alone_has_no_spread(main: BlockingFit) -> None:
    assert over_circuits(main, [main], 1.0) == 0.0


def test_the_spread_over_circuits_is_small(main: BlockingFit, fits: tuple[BlockingFit, ...]) -> None:
    assert 0.0 <= over_circuits(main, fits, 1.0) < 0.05 * main.total


def test_leaving_decades_of_the_tail_out_changes_little(main: BlockingFit, spectrum: Spectrum) -> None:
    assert over_windows(main, spectrum) < 0.05 * main.total
