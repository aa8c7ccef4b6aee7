"""The official publications' XML."""
