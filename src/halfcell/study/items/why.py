"""Trace a printed number back to its source files: its value, settings, formula, file hashes and program version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from halfcell.core.document import Number
from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.study.cache.last_run import numbers_out_of_date
from halfcell.study.cache.lock_file import Lock, check_lock, read_lock
from halfcell.study.cache.results import Store
from halfcell.study.items.find_number import alike, find_number, items_called, parse_query
from halfcell.study.items.recorded_number import number_from_record


@dataclass(frozen=True, kw_only=True)
class Why:
    """Where a number comes from.

    `set_in` gives the place where each setting was set, `changed` what was different when the number was last computed;
    `alike` names the numbers of the item with the same label and quantity, such as those of another panel;
    `stale` says that the study has changed since its last run.
    """

    number: Number
    item: str
    subject: str = ""
    set_in: Mapping[str, str] | None = None
    changed: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    stale: bool = False

    def __str__(self) -> str:
        """What ``halfcell why`` prints."""
        return self.text()

    def text(self, *, all_settings: bool = False) -> str:
        """Where the number comes from, in lines; with `all_settings` also the settings left at their defaults."""
        number, origin = self.number, self.number.origin
        unit, std = f" {number.quantity.unit}".rstrip(), number.quantity.std
        kind = f" ({origin.kind_of(number.quantity)})" if number.quantity.kind else ""
        lines = [
            f"{number.id} = {number.printed}{unit}",
            f"  item        {self.item}",
            f"  label       {origin.label}",
            f"  value       {number.quantity.value!r}" + (f" ± {std!r}{kind}" if std is not None else ""),
            f"  quantity    {origin.quantity}: {origin.formula}",
            f"  technique   {origin.technique}, recipe {origin.version}{self._package('technique', origin.technique)}",
            *(
                f"  member      {one.label} = {one.printed or 'see its row'}  (result {one.result})"
                for one in origin.members
            ),
            *self._settings_lines(all_settings=all_settings),
        ]
        for source in origin.sources:
            read_as = f"read as {source.reader}{self._package('reader', source.reader)}"
            lines += [f"  file        {source.path}", f"              sha256 {source.sha256}, {read_as}"]
        lines += [f"  note        {note}" for note in origin.notes]
        lines += [f"  alike       {other}" for other in self.alike]
        lines += [f"  changed     {change}" for change in self.changed]
        if self.stale:
            lines.append("  warning: out of date, the study has changed since its last run (run again: halfcell run)")
        return "\n".join([*lines, f"  result      {origin.result}", f"  computed by {origin.code_version}"])

    def _package(self, kind: str, name: str) -> str:
        """The package of a technique or reader that is not part of halfcell."""
        package = self.number.origin.plugins.get(f"{kind} {name}", "")
        return f" (package {package})" if package else ""

    def _settings_lines(self, *, all_settings: bool) -> Iterator[str]:
        """One line per setting with the place where it was set, and how many are left at their defaults."""
        set_in, settings = self.set_in or {}, self.number.origin.settings
        for name, value in sorted(settings.items()):
            if all_settings or name in set_in:
                yield f"  setting     {name} = {value}  ({set_in.get(name, 'default')})"
        count = sum(name not in set_in for name in settings)
        if count and not all_settings:
            words = "setting left at its default" if count == 1 else "settings left at their defaults"
            yield f"              {count} {words} (--all shows {'it' if count == 1 else 'them'})"

    def as_json(self) -> dict[str, object]:
        """What ``halfcell why --json`` prints."""
        number, origin = self.number, self.number.origin
        return {
            "id": number.id,
            "printed": number.printed,
            **number.quantity.as_json(),
            "item": self.item,
            "label": origin.label,
            "subject": self.subject,
            "quantity": origin.quantity,
            "formula": origin.formula,
            "technique": origin.technique,
            "version": origin.version,
            "settings": dict(origin.settings),
            "set_in": dict(self.set_in or {}),
            "sources": [{"path": s.path, "sha256": s.sha256, "reader": s.reader} for s in origin.sources],
            "notes": [{"level": n.level, "code": n.code, "text": n.text} for n in origin.notes],
            "changed": list(self.changed),
            "alike": list(self.alike),
            "stale": self.stale,
            "plugins": dict(origin.plugins),
            "members": [{"label": one.label, "printed": one.printed, "result": one.result} for one in origin.members],
            "result": origin.result,
            "code_version": origin.code_version,
        }

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def why(root: Path, words: Sequence[str]) -> Why:
    """Find a number of the last run and say where it comes from.

    Parameters
    ----------
    root
        The study's folder.
    words
        The number's id (``S1:Si/Sn-10:ICE``), or item, label and quantity in words.

    Raises
    ------
    InputError
        If the study has not been run, or the words mean no number or several; the hint lists the candidates.
    """
    return _why(root, _lock_of_last_run(root), words, is_stale=numbers_out_of_date(root))


def why_each(root: Path, ids: Iterable[str]) -> Iterator[Why]:
    """Where each of several numbers comes from; study.lock is read once.

    Raises
    ------
    InputError
        As `why` does.
    """
    lock, is_stale = _lock_of_last_run(root), numbers_out_of_date(root)
    return (_why(root, lock, [one], is_stale=is_stale) for one in ids)


def _why(root: Path, lock: Lock, words: Sequence[str], *, is_stale: bool) -> Why:
    query = parse_query(words)
    items = items_called(query.item, lock)
    if not items:
        hint = did_you_mean(query.item, [entry["name"] for entry in lock["items"].values()])
        raise InputError(
            f"no item {query.item!r} was made", "study.lock", f"{hint}; halfcell run says why an item failed"
        )
    key, record = find_number(root, lock, items, query)
    step = lock["steps"].get(record["result"].split("-")[0])
    return Why(
        number=number_from_record(record),
        item=items[key]["name"],
        subject=step["subject"] if step else "",
        set_in=step["set_in"] if step else {},
        changed=tuple(step.get("changed", ())) if step else (),
        alike=alike(root, items[key], record),
        stale=is_stale,
    )


def list_numbers(root: Path, item: str) -> tuple[str, ...]:
    """The numbers of a figure or table, one line each: ``S1:Si:mean_voltage = 0.41 V``; empty if there is no such item.

    Raises
    ------
    InputError
        If the study has not been run.
    """
    entries = items_called(item, _lock_of_last_run(root)).values()
    made = [Store(root).load_record(entry["key"]) for entry in entries]
    numbers = [number for record in made if record for number in record.numbers]
    return tuple(f"{number['id']} = {number['printed']} {number['unit']}".rstrip() for number in numbers)


def _lock_of_last_run(root: Path) -> Lock:
    """The content of study.lock; an error if the study has not been run, or the file is damaged."""
    check_lock(root)
    lock = read_lock(root)
    if not lock:
        raise InputError("this study has not been run yet", root.name, "halfcell run")
    return lock
