"""Every figure and table of a technique has words for its caption, with a place for the subjects."""

from __future__ import annotations

import pytest

from halfcell.core.plugins import plugins
from halfcell.core.vocabulary import vocabulary
from halfcell.techniques.load import load_technique

OWN = [name for name, plugin in plugins("techniques").items() if not plugin.is_foreign]
WITHOUT_SUBJECTS = {"comparison"}  # reported results are not subjects of the study


@pytest.mark.parametrize("name", OWN)
def test_each_show_has_a_caption(name: str) -> None:
    technique, captions = load_technique(name), vocabulary()["caption"][name]
    for kind, shows in (("figure", technique.figures), ("table", technique.tables)):
        assert list(captions.get(kind, {})) == list(shows)
        for text in captions.get(kind, {}).values():
            assert name in WITHOUT_SUBJECTS or text.count("{subjects}") == 1
            assert text[0].isupper() or not text[0].isalpha() or text.startswith(("k-", "t-", "alpha-"))
            assert not text.endswith(".")
