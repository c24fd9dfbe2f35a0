"""Readers of electron and light microscopes: pictures, diffraction patterns, X-ray spectra and maps."""
