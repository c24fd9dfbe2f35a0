"""Errors: each says what is wrong, where, and a hint.

* `HalfcellError`: the root; catch this one.

  * `InputError`: a file or a value given by a person cannot be used (exit status 2).

    * `UnrecognisedFile`: no reader, or more than one, claims a file.
    * `StudyError`: all mistakes of a study at once.
    * `PluginError`: a plug-in of another package does not work.

  * `Refused`: the data are readable, but the number asked for would be wrong or unphysical.

    * `MissingQuantity`: a result has no quantity of that name; the hint is the reason for which it was refused.

  * `MissingExtra`: an optional dependency is not installed; the hint is the command that installs it.

`PluginWarning` is the warning with which such a plug-in is left out.
"""

from __future__ import annotations


class HalfcellError(Exception):
    """Root of all errors of halfcell: what, where, hint."""

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        super().__init__(what, where, hint)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """One line: ``where: what (hint)``."""
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line} (hint: {self.hint})" if self.hint else line

    def at(self, where: str) -> HalfcellError:
        """Return the same error with its place put before what is there already."""
        name = where.replace("\\", "/").rsplit("/", 1)[-1]
        if not self.where or self.where == where:
            place = where
        elif name and self.where.startswith(name):
            place = where + self.where[len(name) :]
        else:
            place = f"{where}: {self.where}"
        return type(self)(self.what, place, self.hint)


class InputError(HalfcellError):
    """A file or a value given by a person cannot be used."""


class UnrecognisedFile(InputError):
    """No reader claims the file, or several do."""


class Refused(HalfcellError):
    """The number asked for would be wrong or unphysical, so it is not made."""


class MissingQuantity(Refused, AttributeError):
    """A quantity that the analysis did not make, asked for by its name."""


class MissingExtra(HalfcellError):
    """An optional dependency is not installed."""


class PluginError(InputError):
    """A plug-in of another package does not work."""


class PluginWarning(UserWarning):
    """A plug-in of another package is left out; everything else works."""


class StudyError(InputError):
    """All mistakes found in a study, each with its own place and hint."""

    def __init__(self, what: str, where: str = "", hint: str = "", problems: tuple[InputError, ...] = ()) -> None:
        super().__init__(what, where, hint)
        self.args = (what, where, hint, problems)
        self.problems = problems
