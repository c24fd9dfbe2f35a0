"""Powder diffraction on arrays: instrument function, size distributions, the whole-pattern model and its fit."""
