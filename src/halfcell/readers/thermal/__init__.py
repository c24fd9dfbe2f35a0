"""Readers for thermobalances."""
