"""Particle-size analysers."""
