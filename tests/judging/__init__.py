"""Judging by hand whether what the graph says is what the documents say."""
