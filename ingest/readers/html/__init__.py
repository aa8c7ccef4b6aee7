"""HTML pages of government sites."""
