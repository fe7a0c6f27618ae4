"""Contracts, fakes and a tiny shop for tests."""
