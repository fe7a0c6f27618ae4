"""What shoppers do: recorded once, kept as long as it may be, erased when they say so."""
