"""Records of size distributions: their basis, replicates, and mixtures."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques import particle_size
from halfcell.techniques.particle_size import Settings
from halfcell.techniques.particle_size.histograms import basis_of, histograms, join, mix, select

EDGES = np.geomspace(0.1, 100.0, 31)


def _record(median: float, title: str = "") -> Measurement:
    middle = np.sqrt(EDGES[1:] * EDGES[:-1])
    share = np.exp(-0.5 * (np.log(middle / median) / 0.5) ** 2)
    columns = {
        "lower_size_micrometre": EDGES[:-1],
        "upper_size_micrometre": EDGES[1:],
        "share_percent": 100 * share / share.sum(),
    }
    return Measurement(technique="particle_size", columns=columns, meta={"title": title})


@pytest.mark.parametrize(
    ("meta", "basis"), [({}, "volume"), ({"basis": "number"}, "number"), ({"basis": "?"}, "volume")]
)
def test_shares_are_by_volume_where_the_file_does_not_say_by_number(meta: dict[str, str], basis: str) -> None:
    assert basis_of(meta) == basis


def test_replicates_are_told_apart() -> None:
    found = histograms(join([_record(5.0, "A 1"), _record(6.0, "A 2")]), Settings())
    assert len(found.shares) == 2


def test_a_record_is_chosen_by_its_name() -> None:
    records = [_record(5.0, "Silicon"), _record(6.0, "Graphite")]
    assert select(records, Settings(record="graph")) == (records[1],)


def test_a_name_that_no_record_has_is_an_error_that_lists_them() -> None:
    with pytest.raises(InputError, match="no record is named") as error:
        select([_record(5.0, "Silicon")], Settings(record="tin"))
    assert "Silicon" in str(error.value)


def test_a_mixture_has_a_d10_far_from_the_mean_of_its_parts() -> None:
    """The smaller powder alone decides D10 of a mixture of halves: its D20."""
    small, large = (particle_size.analyse(_record(median), Settings()) for median in (2.0, 30.0))
    found = particle_size.analyse(mix([small, large], [0.5, 0.5]), Settings())
    assert found["d10"].value == pytest.approx(2.0 * np.exp(-0.8416 * 0.5), rel=0.05)
