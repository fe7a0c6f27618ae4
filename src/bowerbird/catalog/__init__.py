"""Catalogue in: any shop's export to clean products. Start reading at ``flow``."""
