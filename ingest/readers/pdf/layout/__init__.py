"""From the places of letters on pages to lines, columns, boxes, tables and notes."""
