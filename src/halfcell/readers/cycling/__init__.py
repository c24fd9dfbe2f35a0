"""Readers for battery cyclers, and for potentiostats that cycle cells."""
