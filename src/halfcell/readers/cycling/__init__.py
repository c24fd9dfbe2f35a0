"""Cyclers and the potentiostats that cycle cells."""
