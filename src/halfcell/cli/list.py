"""List what there is: techniques, their figures and tables (shows), settings, phases, readers, styles of journals."""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Final

from halfcell.cli.common.streams import print_json
from halfcell.cli.common.study_arguments import add_json
from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean, load, plugins
from halfcell.core.vocabulary import technique_name, vocabulary

if TYPE_CHECKING:
    from halfcell.techniques import Technique

EXAMPLES = (
    "halfcell list techniques",
    "halfcell list shows xrd",
    "halfcell list settings cycling",
    "halfcell list phases CoSi2",
    "halfcell list styles acs",
)
Rows = list[dict[str, object]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("thing", choices=list(_LISTS), metavar="THING", help=", ".join(_LISTS))
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="one technique, phase, reader or style")
    parser.add_argument("--folder", default="styles", help="folder with styles of your own (default: styles)")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the list, or one of its entries in full."""
    rows = _LISTS[args.thing](args.name, args.folder)
    if args.json:
        print_json({args.thing: rows})
    else:
        print("\n".join(_lines(rows, whole=bool(args.name))))
    return 0


def _lines(rows: Rows, *, whole: bool) -> Iterable[str]:
    """One line for each row, its first two entries; of a named one everything."""
    width = max((len(str(next(iter(row.values())))) for row in rows), default=0)
    for row in rows:
        name, *others = [
            f"{key}: {value}" if index > 1 else str(value) for index, (key, value) in enumerate(row.items())
        ]
        if whole and len(rows) == 1:
            yield name
            yield from (fill(text, 100, initial_indent="  ", subsequent_indent="    ") for text in others if text)
        else:
            text = f"{name:<{min(width, 40)}}  {others[0] if others else ''}".rstrip()
            yield text
            yield from (
                f"{'':<{min(width, 40)}}  {other}" for other in others[1:] if whole and not other.endswith(": ")
            )


def _techniques(name: str, _: str) -> Rows:
    chosen = [_technique(name)] if name else [_technique(one) for one in plugins("techniques")]
    others: Mapping[str, str] = vocabulary()["alias"]
    return [
        {
            "name": one.name,
            "what": plugins("techniques")[one.name].summary,
            "also called": ", ".join(alias for alias, own in others.items() if own == one.name),
            "reads": ", ".join(one.reads),
            "figures": ", ".join(one.figures),
            "tables": ", ".join(one.tables),
        }
        for one in chosen
    ]


def _technique(name: str) -> Technique:
    from halfcell.techniques.load import load_technique

    if technique_name(name) not in plugins("techniques"):
        known = sorted({*plugins("techniques"), *vocabulary()["alias"]})
        raise InputError(f"unknown technique {name!r}", hint=did_you_mean(name, known))
    return load_technique(technique_name(name))


def _shows(name: str, _: str) -> Rows:
    """The shows of a technique, or those of this name (part of it, in any capitals) of all techniques."""
    is_technique = technique_name(name) in plugins("techniques")
    chosen = [_technique(name)] if is_technique else [_technique(one) for one in plugins("techniques")]
    found: list[tuple[str, dict[str, object]]] = [
        (show, {"show": f"{one.name}, {kind}: {show}", "what": _first(make)})
        for one in chosen
        for kind, shows in (("figure", one.figures), ("table", one.tables))
        for show, make in shows.items()
    ]
    rows = [row for show, row in found if is_technique or name.lower() in show.lower()]
    if not rows:
        known = sorted({*plugins("techniques"), *vocabulary()["alias"], *(show for show, _ in found)})
        raise InputError(f"no technique and no show {name!r}", hint=did_you_mean(name, known))
    return rows


def _first(function: Callable[..., object]) -> str:
    return (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")


def _settings(name: str, _: str) -> Rows:
    from halfcell.core.setting_rows import setting_rows

    if not name:
        known = ", ".join(plugins("techniques"))
        raise InputError("settings of which technique?", hint=f"halfcell list settings NAME, of {known}")
    return [
        {"name": row.name, "meaning": row.meaning, "default": row.default, "type": row.type}
        for row in setting_rows(_technique(name).settings)
    ]


def _phases(name: str, _: str) -> Rows:
    from halfcell.materials.phases import phases, unknown_phase

    known = phases()
    if name and name not in known:
        raise unknown_phase(name, known)
    return [
        {
            "name": one.name,
            "what": f"{one.formula}, {one.space_group}",
            "cell": ", ".join(f"{value:g}" for value in tuple(one.cell)) + " (angstrom, degree)",
            "density": f"{one.density:g} g/cm3",
            "source": one.source + (f"; COD {one.cod}" if one.cod and f"COD {one.cod}" not in one.source else ""),
        }
        for one in ([known[name]] if name else known.values())
    ]


def _readers(name: str, _: str) -> Rows:
    known = plugins("readers")
    if name and name not in known:
        raise InputError(f"unknown reader {name!r}", hint=did_you_mean(name, known))
    if not name:
        return [{"name": plugin.name, "what": plugin.summary} for plugin in known.values()]
    reader = load("readers", name)
    suffixes = ", ".join(reader.SUFFIXES) or "any"
    return [{"name": name, "what": (inspect.getdoc(reader) or "").replace("\n", " "), "suffixes": suffixes}]


def _styles(name: str, folder: str) -> Rows:
    from halfcell.render.journals import content_of, journal_files

    known = journal_files([Path(folder)])
    if name and name.lower() not in known:
        raise InputError(f"unknown journal style {name!r}", hint=did_you_mean(name, sorted(known)))
    if not name:
        return [{"name": one, "what": content_of(path).get("about", path)} for one, path in sorted(known.items())]
    content = dict(content_of(known[name.lower()]))
    return [{"name": name.lower(), "what": content.pop("about", ""), **content, "file": str(known[name.lower()])}]


_LISTS: Final[Mapping[str, Callable[[str, str], Rows]]] = {
    "techniques": _techniques,
    "shows": _shows,
    "settings": _settings,
    "phases": _phases,
    "readers": _readers,
    "styles": _styles,
}
