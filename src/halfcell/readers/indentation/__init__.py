"""Nanoindenters."""
