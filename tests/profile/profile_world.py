"""A handful of products and what shoppers do with them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from bowerbird.domain.event import Event, EventItem, EventName, Logged, Who
from bowerbird.profile.facts import ProductFacts
from bowerbird.profile.tastes import DAY, WEIGHTS

NOW = 1_000 * DAY


def facts_of(product: str, category: str, brand: str, color: str, price: float = 50.0, level: float = 0.0, at: int = 0):
    look = np.eye(4, dtype=np.float32)[at]
    values = {"category": (category,), "brand": (brand,), "color": tuple(color.split())}
    return ProductFacts(product, values, price, level, look[::-1].copy(), look)


PRODUCTS = {
    one.product: one
    for one in (
        facts_of("runner", "Shoes/Running", "Luma", "red", 80, 0.4, 0),
        facts_of("boot", "Shoes/Boots", "Luma", "brown red", 120, 0.8, 1),
        facts_of("loafer", "Shoes/Loafers", "Fleet", "black", 60, 0.1, 1),
        facts_of("tote", "Bags/Totes", "Fleet", "blue", 40, -0.3, 2),
        facts_of("lamp", "Home/Lighting", "Glow", "white", 20, -1.0, 3),
    )
}
FACTS = {(name, ""): one for name, one in PRODUCTS.items()}


def did(name: EventName, product: str, at: float = NOW, who: Who = Who("ann", "s1"), variant: str = "") -> Event:  # noqa: B008
    return Event(f"{name}-{product}-{at}", name, at, who, (EventItem(product, variant=variant),))


def viewed(*products: str, at: float = NOW) -> list[Event]:
    return [did(EventName.VIEW_ITEM, product, at) for product in products]


def logged(events, first: int = 1) -> list[Logged]:
    return [Logged(first + place, one) for place, one in enumerate(events)]


events = st.lists(
    st.builds(
        did,
        st.sampled_from(sorted(WEIGHTS)),
        st.sampled_from(sorted(PRODUCTS)),
        st.floats(NOW - 60 * DAY, NOW),
    ),
    max_size=12,
)


def close(first, second, rel: float = 1e-4) -> bool:
    """Whether two tastes of one moment say the same."""
    at = max(first.at, second.at)
    first, second = first.as_of(at), second.as_of(at)

    def numbers(one):
        flat = [one.weight, *one.levels]
        flat += [one.values.get(n, {}).get(v, 0.0) for n, v in VALUES]
        flat += [
            part for kind in sorted({p.kind for p in PRODUCTS.values()}) for part in one.prices.get(kind, (0,) * 3)
        ]
        return np.array(
            [*flat, *(np.zeros(4) if one.text is None else one.text), *(np.zeros(4) if one.look is None else one.look)]
        )

    return bool(np.allclose(numbers(first), numbers(second), rtol=rel, atol=5e-3))


VALUES = [(n, v) for p in PRODUCTS.values() for n, vs in p.values.items() for v in vs]
