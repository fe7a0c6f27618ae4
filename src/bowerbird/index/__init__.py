"""Terms, vectors and attribute columns, derived from the store."""
