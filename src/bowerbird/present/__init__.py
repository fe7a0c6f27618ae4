"""From candidates to what a shopper sees: highlights, photos, the chosen variant."""
