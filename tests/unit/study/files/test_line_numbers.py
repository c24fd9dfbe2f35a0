"""Lines of a TOML text, against tomllib for what the keys are."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.study.files.line_numbers import lines_of

TEXT = '''# a remark with [brackets] = and "quotes
title = "a = b # no remark"
long = """
[[figure]]
id = 3
"""
[raw]
"quoted key" = 'x'
a.b = 1.5
[[figure]]
id = "S1"
panels = [
  { show = "x", samples = ["a", "b,]}"] },  # remark
  { show = "y" },
]
[figure.set]
z = 1
[[figure]]
id = "S2"
[figure.set]
z = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("long",), 3),
        (("raw",), 7),
        (("raw", "quoted key"), 8),
        (("raw", "a", "b"), 9),
        (("figure", 0), 10),
        (("figure", 0, "id"), 11),
        (("figure", 0, "panels", 0, "samples", 1), 13),
        (("figure", 0, "panels", 1, "show"), 14),
        (("figure", 0, "set", "z"), 17),
        (("figure", 1), 18),
        (("figure", 1, "set", "z"), 21),
        (("figure", 1, "nowhere"), 18),
    ],
)
def test_an_entry_has_the_line_that_it_stands_in(path, line) -> None:
    assert lines_of(TEXT, "s.toml").place(path) == f"s.toml:{line}"


def _paths(value, path=()):
    """Every key path of parsed TOML."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _paths(item, (*path, key))


def test_every_key_that_tomllib_finds_has_a_line() -> None:
    found = lines_of(TEXT, "s.toml").found
    wanted = {path for path in _paths(tomllib.loads(TEXT)) if path != ("figure",)}
    assert wanted <= set(found)


_word = st.text(st.sampled_from("abcxyz_-"), min_size=1, max_size=5)
_text = st.text(st.sampled_from("ab =#[]{},.'\\n\""), max_size=8)


@given(st.lists(st.tuples(_word, _text), unique_by=lambda pair: pair[0], max_size=6))
def test_lines_of_written_keys(pairs) -> None:
    import json

    text = "".join(f"\n{key} = {json.dumps(value)}  # {value!r}\n" for key, value in pairs)
    lines = lines_of(text, "t")
    assert [lines.found[key,] for key, _ in pairs] == [2 + 2 * n for n in range(len(pairs))]
