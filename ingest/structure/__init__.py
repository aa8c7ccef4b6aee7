"""Running text in, a document's order out: headings, sections, lists, tables and paragraphs."""
