"""What the service costs: measured beside the engine's own server, in one run."""
