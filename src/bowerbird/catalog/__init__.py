"""A catalogue in: sources, cleaning, photos, import."""
