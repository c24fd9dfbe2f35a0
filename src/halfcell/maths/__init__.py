"""Maths: numerical kernels, arrays in and arrays out."""
