"""Maths of the techniques: arrays in, arrays out, with numpy and scipy only."""
