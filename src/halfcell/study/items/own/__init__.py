"""Figures and tables made from files of the study's author: pictures, drawings, curves, tables."""
