"""Raman spectrometers and beamlines for X-ray absorption."""
