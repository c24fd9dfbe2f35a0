"""Equivalent circuits: strings to trees, trees to impedance with its derivatives, and fits of thousands of spectra.

`grammar` reads a circuit string into a tree (never `eval`), `elements` holds the formulas, `model` evaluates a tree and
its analytic derivatives for a block of parameter sets, `series_layout` describes circuits whose parts are in series,
`start_values` finds start values in the data, `levenberg_marquardt` is the batched fit, `uncertainty` turns a fit into
intervals and correlations, and `circuit_fit` does all of it in one call.
"""
