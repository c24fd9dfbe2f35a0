"""Readers for Raman spectrometers and for beamlines of X-ray absorption."""
