"""Fits the alignment and the photo metric."""
