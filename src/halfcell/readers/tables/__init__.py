"""Readers of tables that halfcell itself converted."""
