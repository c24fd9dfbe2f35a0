"""Thermobalances."""
