"""Maths of the techniques: arrays in, arrays out; it imports numpy and scipy only."""
