"""An invented shop: products, texts, reviews and drawn photos from a seed, for trying, testing and measuring."""
