"""DOCX: the main part with its styles, numbering and notes."""
