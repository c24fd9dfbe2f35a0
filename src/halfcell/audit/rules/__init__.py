"""Rules: one claim a file, each with its formula, its limits and its own test.

A rule is a module here (or an entry point in the group ``halfcell.rules``) with

* a docstring whose first line says what it claims,
* ``FORMULA``: the claim as a formula or a sentence,
* ``LIMITS``: where it does not apply or cannot tell,
* ``check(facts) -> Iterator[Claim | Finding]``: claims are judged by the engine with exact intervals; a
  finding is what the rule judged itself (a duplicate, a name, something not stated).
"""
