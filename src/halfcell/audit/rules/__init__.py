"""Rules: one claim per file, each with its formula, its limits and its own test.

A rule is a module here (or an entry point in the group ``halfcell.rules``) with

* a docstring whose first line says what it claims,
* ``FORMULA``: the claim as a formula or a sentence,
* ``LIMITS``: where it does not apply or cannot tell,
* ``check(facts) -> Iterator[Claim | Finding]``. A `Claim` relates a printed number to an expression of others and is
  checked by the audit with exact intervals. A `Finding` is for what needs no equation: a duplicate, a name, a value
  that is not stated.
"""
