"""From candidates to the order that a shopper sees: signals, a score that can be explained, rules, diversity."""
