"""Without Dask a run on a cluster names the extra that installs it."""

from __future__ import annotations

import sys

import pytest

import halfcell


def test_without_dask_the_extra_is_named(small, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(halfcell.HalfcellError, match="distributed is not installed") as caught:
        halfcell.Study.load(small.root).run(scheduler="tcp://127.0.0.1:1")
    assert "halfcell[cluster]" in caught.value.hint
