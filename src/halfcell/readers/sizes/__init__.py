"""Readers for particle-size analysers."""
