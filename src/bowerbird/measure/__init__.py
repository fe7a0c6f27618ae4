"""Judgements, metrics and the comparison of two settings."""
