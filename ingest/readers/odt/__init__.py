"""ODT: content with its styles, lists and notes."""
