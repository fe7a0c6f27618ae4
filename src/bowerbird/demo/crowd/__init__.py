"""A crowd of invented shoppers: what each of them likes, when they come, and what they do in the invented shop."""
