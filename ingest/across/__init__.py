"""What follows from all documents together: threads between statements, and inferred triples."""
