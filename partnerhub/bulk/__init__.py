"""Runs of bulk acts: what was asked of many rows, how far it is, and what became of each of them (ux 5-7)."""
