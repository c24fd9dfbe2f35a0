"""Entries of BibTeX files that are the same work."""

from __future__ import annotations

from halfcell.core.citations import same_works

BIBTEX = """@article{mine, author={Boukamp, B. A.}, year={1995}, volume={142}, pages={1885--1894}}
@article{other, year = 1995, volume = 142, pages = "1885"}
@article{next, year={1995}, volume={142}, pages={1886}}
@book{book, year={1995}}
@book{second, year={1995}}
@article{one, doi={10.1149/1.2044210}}
@article{two, doi={https://doi.org/10.1149/1.2044210}, year={1995}, volume={142}, pages={1885}}
@article{letter, year={2004}, volume={151}, pages={A838--A842}}
@article{letters, year={2004}, volume={151}, pages={A838}}
"""


def test_works_are_the_same_by_doi_or_by_year_volume_and_page() -> None:
    """The author's Boukamp and halfcell's own were numbers 7 and 12 of one list."""
    assert same_works(BIBTEX) == {"other": "mine", "two": "one", "letters": "letter"}
