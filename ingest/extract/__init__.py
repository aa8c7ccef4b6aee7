"""Blocks in, statements with evidence out: one module per kind of statement."""
