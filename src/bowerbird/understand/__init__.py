"""From a shopper's words to what they mean."""
