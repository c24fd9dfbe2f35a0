"""Short tables of numbers are read without polars, and give what it gives."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.core.errors import InputError
from halfcell.readers.common.text_files import _few_plain_numbers, _many_numbers, numbers

CELLS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-(10**12), 10**12).map(str),
    st.sampled_from(["", "-", "1e3", "+4.0", " 2.5", "7 ", ".5", "5.", "1,5", "NaN", "1e400", "0x1", "1_0"]),
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6), st.sampled_from("\t,;"))
def test_the_same_as_by_polars(rows: list[list[str]], separator: str) -> None:
    body = "\n".join(separator.join(row) for row in rows).encode().strip(b"\n ")
    quick = _few_plain_numbers(body, separator.encode(), 5)
    if quick is None:
        return
    slow = _many_numbers(body, "abcde", separator, 1)
    for values, (_, expected) in zip(quick, slow.items(), strict=True):
        np.testing.assert_array_equal(values, expected)


def test_short_rows_and_wrong_cells() -> None:
    found = numbers(b"1\t2\n3\t4\n", ["a", "b", "c"])
    assert found["b"].tolist() == [2.0, 4.0]
    assert np.isnan(found["c"]).all()
    assert np.isnan(numbers(b"1\t\n3\t4\n", ["a", "b"])["b"][0])
    with pytest.raises(InputError, match="not a number") as caught:
        numbers(b"1\t2\n3\t4.x\n", ["a", "b"], first_line=7)
    assert "line 8" in str(caught.value)
    with pytest.raises(InputError, match="values for 1 column names"):
        numbers(b"1\t2\n", ["a"])


def test_polars_is_not_imported() -> None:
    code = (
        "import sys; from halfcell.readers.common.text_files import numbers; "
        "numbers(b'1\\t2\\n3\\t4\\n', ['a', 'b']); sys.exit('polars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
