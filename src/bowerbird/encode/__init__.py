"""Texts and photos into vectors; texts into terms."""
