"""The HTTP API and the served page."""
