"""Readers for potentiostats and impedance analysers: spectra, sweeps and current-time curves."""
