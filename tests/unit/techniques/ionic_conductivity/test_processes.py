"""What each resistance of a pellet is."""

from __future__ import annotations

import pytest

from halfcell.techniques.ionic_conductivity.blocking_circuits import BlockingFit
from halfcell.techniques.ionic_conductivity.processes import may_be_surface_layer, parts


def test_parts_sum_to_the_resistance_of_the_pellet(main: BlockingFit) -> None:
    counted = [part for part in parts(main) if part.process != "electrode interface"]
    assert sum(part.resistance for part in counted) == pytest.approx(main.total)


def test_every_part_is_a_row_with_its_process(main: BlockingFit) -> None:
    rows = [part.row for part in parts(main)]
    assert len(rows) == len(main.counted) + len(main.interfaces)


def test_an_arc_of_picofarads_is_no_surface_layer(main: BlockingFit) -> None:
    """Bulk: 1e-12 F/cm, grain boundaries 1e-11 to 1e-8 F/cm (Irvine et al., Adv. Mater. 2 (1990) 132)."""
    assert not may_be_surface_layer(main)
