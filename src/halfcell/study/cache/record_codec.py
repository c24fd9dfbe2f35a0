"""Frozen records as JSON and the bytes of their arrays: a form that restores them exactly and runs no code.

What can be stored: numbers, texts, lists, tuples, mappings with texts as keys, numpy arrays and scalars, enumerations,
and frozen dataclasses and named tuples of halfcell and of plug-ins. Reading makes objects of these classes only,
without calling them. Each value that JSON does not have is an object with one key: ``{"tuple": [...]}``, ``{"array":
[place, dtype, shape, order]}``, ``{"record": [class, {field: value}]}``.
"""

from __future__ import annotations

import dataclasses
import enum
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from halfcell.core.plugins import plugins

if TYPE_CHECKING:
    import numpy as np

_ALIGNMENT: Final = 16
_PLAIN: Final = frozenset((bool, int, float, str, type(None)))
_KINDS: Final = frozenset("biufcSU")
"""The kinds of arrays whose bytes are their values; arrays of objects hold addresses."""


class Encoded(NamedTuple):
    """A value as JSON, and the bytes of all its arrays one after another."""

    tree: Any
    arrays: bytes


def encode(value: object) -> Encoded:
    """A value in the form that `decode` restores.

    Raises
    ------
    TypeError
        If it holds something that cannot be stored; the text names its class and the place.
    """
    encoder = _Encoder()
    tree = encoder.tree(value, "")
    return Encoded(tree, b"".join(encoder.pieces))


def decode(encoded: Encoded) -> Any:
    """The value that `encode` was given.

    Raises
    ------
    TypeError, ValueError, KeyError, IndexError, AttributeError, ImportError
        If this is not the form that `encode` makes, or a class has other fields now.
    """
    return _Decoder(encoded.arrays).value(encoded.tree)


class _Encoder:
    """Builds the tree of a value, and collects the bytes of its arrays; an array that occurs twice is stored once."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self._size = 0
        self._known: dict[int, tuple[object, list[Any]]] = {}  # the array is kept, so that its id stays its own
        self._names: dict[type, str] = {}

    def tree(self, value: object, place: str) -> Any:
        """The JSON of a value; `place` says where it is, for the error."""
        if type(value) in _PLAIN:
            return value
        if found := _array_in(value):
            return {found[0]: self._array(found[1], place)}
        if isinstance(value, enum.Enum):
            return {"enum": [self._name(type(value), place), value.name]}
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
            return {"record": [self._name(type(value), place), self._items(fields, place)]}
        return self._collection(value, place)

    def _collection(self, value: object, place: str) -> Any:
        if isinstance(value, Mapping):
            return {"dict": self._items(value, place)}
        if isinstance(value, tuple | list):
            trees = [self.tree(one, f"{place}[{number}]") for number, one in enumerate(value)]
            if isinstance(value, list):
                return trees
            is_named = hasattr(value, "_fields")
            return {"named": [self._name(type(value), place), trees]} if is_named else {"tuple": trees}
        if isinstance(value, set | frozenset) and all(isinstance(one, str) for one in value):
            return {type(value).__name__: sorted(value)}
        if isinstance(value, complex):
            return {"complex": [value.real, value.imag]}
        raise TypeError(f"{place.lstrip('.') or 'the result'} holds a {type(value).__name__}, which cannot be stored")

    def _items(self, items: Mapping[Any, object], place: str) -> dict[str, Any]:
        for key in items:
            if type(key) is not str:
                raise TypeError(f"{place.lstrip('.') or 'the result'} has the key {key!r}, which is no text")
        return {key: one if type(one) in _PLAIN else self.tree(one, f"{place}.{key}") for key, one in items.items()}

    def _name(self, kind: type, place: str) -> str:
        if kind not in self._names:
            self._names[kind] = _class_name(kind, place)
        return self._names[kind]

    def _array(self, array: np.ndarray[Any, Any], place: str) -> list[Any]:
        """Where the bytes of an array begin, its dtype, its shape and the order of its axes in memory."""
        known = self._known.get(id(array))
        if known is not None:
            return known[1]
        if array.dtype.kind not in _KINDS or type(array).__module__ != "numpy":
            raise TypeError(f"{place.lstrip('.')} is an array of {array.dtype}, which cannot be stored")
        is_fortran = array.flags.f_contiguous and not array.flags.c_contiguous
        content = array.tobytes("F" if is_fortran else "C")
        entry = [self._size, array.dtype.str, list(array.shape), "F" if is_fortran else "C"]
        self.pieces.append(content + bytes(-len(content) % _ALIGNMENT))
        self._size += len(self.pieces[-1])
        self._known[id(array)] = (array, entry)
        return entry


class _Decoder:
    """Restores values from their trees; arrays that were one object are one object again."""

    def __init__(self, arrays: bytes) -> None:
        self._arrays = arrays
        self._classes: dict[str, Any] = {}
        self._fields: dict[str, set[str] | None] = {}  # None: no record
        self._known: dict[tuple[int, str, tuple[int, ...], str], np.ndarray[Any, Any]] = {}
        self._forms: dict[str, Callable[[Any], Any]] = {
            "tuple": lambda trees: tuple(map(self.value, trees)),
            "dict": self._items,
            "record": self._record,
            "array": self._array,
            "scalar": lambda entry: self._array(entry)[()],
            "named": lambda entry: self._class(entry[0])._make(map(self.value, entry[1])),
            "enum": lambda entry: self._class(entry[0])[entry[1]],
            "set": set,
            "frozenset": frozenset,
            "complex": lambda parts: complex(*parts),
        }

    def value(self, tree: Any) -> Any:
        """The value of a tree."""
        if type(tree) in _PLAIN:
            return tree
        if isinstance(tree, list):
            return [self.value(one) for one in tree]
        ((form, content),) = tree.items()
        return self._forms[form](content)

    def _items(self, trees: dict[str, Any]) -> dict[str, Any]:
        return {name: one if type(one) in _PLAIN else self.value(one) for name, one in trees.items()}

    def _record(self, entry: list[Any]) -> Any:
        """A record with all fields that its class has today; neither its constructor nor any other code of it runs."""
        kind, fields = self._class(entry[0]), self._items(entry[1])
        if fields.keys() != self._fields[entry[0]]:
            raise ValueError(f"{entry[0]} has other fields now")
        record: object = object.__new__(cast("type", kind))
        for name, one in fields.items():
            object.__setattr__(record, name, one)
        return record

    def _class(self, name: str) -> Any:
        if name not in self._classes:
            kind = self._classes[name] = _checked_class(name)
            is_record = dataclasses.is_dataclass(kind)
            self._fields[name] = {field.name for field in dataclasses.fields(kind)} if is_record else None
        return self._classes[name]

    def _array(self, entry: list[Any]) -> np.ndarray[Any, Any]:
        import numpy as np  # here: most records of a document have no arrays

        start, dtype, shape, order = entry[0], np.dtype(entry[1]), tuple(entry[2]), entry[3]
        key = (start, entry[1], shape, order)
        if key not in self._known:
            count = int(np.prod(shape, dtype=np.int64))
            flat = np.frombuffer(self._arrays, dtype, count, start) if count else np.empty(0, dtype)
            self._known[key] = flat.copy().reshape(shape, order=order)  # a copy: some libraries refuse read-only arrays
        return self._known[key]


def _array_in(value: object) -> tuple[str, np.ndarray[Any, Any]] | None:
    """The form and the array of a value of numpy; None for all others."""
    np = sys.modules.get("numpy")  # where nothing has imported it, no value is of it
    if np is None or not isinstance(value, np.ndarray | np.generic):
        return None
    return ("array", value) if isinstance(value, np.ndarray) else ("scalar", np.asarray(value))


def _class_name(kind: type, place: str) -> str:
    """The name under which a class is found again: ``halfcell.core.quantity:Quantity``."""
    name = f"{kind.__module__}:{kind.__qualname__}"
    try:
        found = _checked_class(name)
    except (ValueError, AttributeError, ImportError) as error:
        raise TypeError(f"{place.lstrip('.') or 'the result'}: {error}") from error
    if found is not kind:
        raise TypeError(f"{place.lstrip('.') or 'the result'} is of a class that is not found as {name}")
    return name


def _checked_class(name: str) -> Any:
    """The record, named tuple or enumeration of this name, of halfcell or of a plug-in.

    Raises
    ------
    ValueError
        If the name is of another package or is no such class. Nothing of it is imported then.
    ImportError, AttributeError
        If there is none of that name.
    """
    module, _, qualified = name.partition(":")
    if not _is_ours(module):
        raise ValueError(f"{name} is neither of halfcell nor of a plug-in")
    found: Any = sys.modules.get(module) or import_module(module)
    for part in qualified.split("."):
        found = getattr(found, part)
    is_frozen = dataclasses.is_dataclass(found) and vars(found)["__dataclass_params__"].frozen
    is_named = isinstance(found, type) and issubclass(found, tuple) and hasattr(found, "_fields")
    if not (isinstance(found, type) and (is_frozen or is_named or issubclass(found, enum.Enum))):
        raise ValueError(f"{name} is no frozen record")
    return found


def _is_ours(module: str) -> bool:
    """Whether a module is of halfcell or of the package of a plug-in that is installed."""
    top = module.partition(".")[0]
    return top == "halfcell" or top in {plugin.module.partition(".")[0] for plugin in plugins("techniques").values()}
