"""The facade over all stages."""
