"""From a query to candidates: by terms, by vectors, fused."""
