"""Readers for gas sorption analysers."""
