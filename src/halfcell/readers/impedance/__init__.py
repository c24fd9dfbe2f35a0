"""Potentiostats and impedance analysers: spectra, and the sweeps and current-time records of the same programs."""
