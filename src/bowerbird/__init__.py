"""Bowerbird: self-hosted multimodal search and recommendation for shops."""

__version__ = "0.1.0"
