"""Value objects, protocols and the error tree. Imports nothing but the standard library."""
