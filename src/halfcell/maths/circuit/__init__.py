"""Equivalent circuits: strings to trees, trees to impedance with its derivatives, and fits of thousands of spectra.

`grammar` reads a circuit string into a tree (never `eval`), `elements` holds the formulas, `model` evaluates a tree
and its analytic derivatives for a block of parameter sets, `starts` finds start values in the data, `fit` is a batched
Levenberg-Marquardt, `doubt` turns a fit into intervals and correlations.
"""
