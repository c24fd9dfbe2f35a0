"""The methods section: per technique what was measured and how it was analysed, from the settings really used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Final

from halfcell import __version__
from halfcell.core.citations import replace_citations
from halfcell.core.document import Bibliography, Section
from halfcell.core.plugins import plugins
from halfcell.core.result import Result
from halfcell.core.unexpected_errors import Unexpected, guarded
from halfcell.study.files.document_files import GENERAL
from halfcell.techniques.load import usable_technique

TITLES: Final = {
    "cycling": "Galvanostatic cycling",
    "voltammetry": "Cyclic voltammetry",
    "impedance": "Impedance spectroscopy",
    "conductivity": "Conductivity",
    "ionic_conductivity": "Ionic conductivity",
    "decomposition_kinetics": "Decomposition kinetics",
    "polarisation": "Direct-current polarisation",
    "diffraction": "X-ray diffraction",
    "raman": "Raman spectroscopy",
    "exafs": "X-ray absorption",
    "indentation": "Indentation",
    "thermogravimetry": "Thermogravimetry",
    "sorption": "Gas sorption",
    "particle_size": "Particle size",
    "particle_images": "Particles in pictures",
    "layer_thickness": "Layer thickness",
    "microscopy": "Electron microscopy",
    "edx": "Energy-dispersive X-ray spectroscopy",
    "electron_diffraction": "Electron diffraction",
}
_OWN: Final = "hc-"  # how the keys of halfcell's own references begin
_FIELD: Final = re.compile(r"(\w+) = \{((?:[^{}]|\{[^{}]*\})*)\}")


def methods_sections(
    results: Sequence[Result],
    own: Mapping[str, str],
    bibliography: Bibliography | None,
    said: Mapping[str, str] | None = None,
) -> tuple[Section, ...]:
    """The paragraphs on the techniques of these results, in order of appearance, and one on the evaluation.

    Parameters
    ----------
    results
        All results that the document shows.
    own
        The author's words by technique, which come first in its paragraph; those on ``general`` come before all.
    bibliography
        Without one, method references are given in the text.
    said
        What the techniques say of the results (`technique_text`), where that is known; by default they are asked.
    """
    by_technique: dict[str, dict[str, Result]] = {}
    for result in results:
        by_technique.setdefault(result.technique, {})[result.id] = result
    sections = [Section(title="General", text=own[GENERAL])] if own.get(GENERAL) else []
    names = [*by_technique, *(name for name in own if name not in by_technique and name != GENERAL)]
    for name in names:
        of_technique = technique_text(name, by_technique.get(name, {})) if said is None else said.get(name, "")
        text = " ".join(part for part in (own.get(name, ""), of_technique) if part)
        if text:
            sections.append(Section(title=TITLES.get(name, name.replace("_", " ").capitalize()), text=text))
    sections.append(_evaluation(results))
    if bibliography is not None:
        return tuple(sections)
    return tuple(Section(title=section.title, text=with_references_in_text(section.text)) for section in sections)


def technique_text(name: str, results: Mapping[str, Result]) -> str:
    """What a technique says of its results; nothing if a technique of another package fails at it."""
    technique = usable_technique(name) if name in plugins("techniques") else None
    if technique is None or technique.methods is None or not results:
        return ""
    write = technique.methods
    said = guarded(lambda: write(tuple(results.values())))
    return "" if isinstance(said, Unexpected) else said


def _evaluation(results: Sequence[Result]) -> Section:
    """The program, its version, and what its uncertainties mean."""
    simulated = " All or some of the raw files were simulated by halfcell." if any(r.simulated for r in results) else ""
    text = (
        f"The raw files were analysed with halfcell [@hc-halfcell], version {__version__}. Uncertainties in "
        f"parentheses are standard uncertainties in units of the last digit.{simulated}"
    )
    return Section(title="Evaluation of the data", text=text)


def own_references() -> str:
    """The BibTeX entries of the methods that halfcell uses."""
    return resources.files("halfcell.techniques.common").joinpath("method_references.bib").read_text(encoding="utf-8")


def with_references_in_text(text: str) -> str:
    """A text whose method references are given in parentheses: ``(Oliver and Pharr, J. Mater. Res. 7 (1992) 1564)``."""
    if f"[@{_OWN}" not in text:
        return text
    entries = {entry.group(1): dict(_FIELD.findall(entry.group(0))) for entry in _entries(own_references())}

    def shown(keys: tuple[str, ...]) -> str:
        said = "; ".join(_in_text(entries[key]) for key in keys if "journal" in entries.get(key, {}))
        return f" ({said})" if said else ""

    return replace_citations(text, shown)


def _entries(bibtex: str) -> Sequence[re.Match[str]]:
    return list(re.finditer(r"^@\w+\{([^,]+),.*$", bibtex, re.MULTILINE))


def _in_text(entry: Mapping[str, str]) -> str:
    """Names, journal, volume, year and first page of an entry."""
    names = [name.split(",")[0].strip("{} ") for name in entry.get("author", "").split(" and ")]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    where = f"{entry.get('journal', '')} {entry.get('volume', '')}".strip()
    page = entry.get("pages", "").split("--")[0]
    return ", ".join(part for part in (who, f"{where} ({entry.get('year', '')}) {page}".strip()) if part)
