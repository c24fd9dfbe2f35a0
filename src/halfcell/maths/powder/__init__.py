"""Powder diffraction in arrays: instrument function, size distributions, whole-pattern model and its fit."""
