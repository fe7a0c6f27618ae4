"""Kinds of shoppers: tastes that go together, from which each shopper's own are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bowerbird.demo.kinds import KINDS
from bowerbird.demo.kinds.kind import Weighted, weighted


@dataclass(frozen=True, slots=True)
class Persona:
    """What shoppers of a kind have in common; each of them likes some of the ``kinds`` and of the colours."""

    name: str
    kinds: tuple[str, ...]
    """The kinds of product that they may like most."""
    audience: Weighted
    """For whom they buy: women, men or kids."""
    price: float
    """Where they like prices to be among a kind, in standard deviations."""
    praise: float
    """How much they care for what reviews say."""
    colours: tuple[str, ...]
    patterns: tuple[str, ...]


# Name and share of shoppers | kinds, or departments by their first word | audience | price, praise | colours | patterns
_TABLE = """
follows fashion 14 | Clothing Shoes Bags Watches | women \
    | 0.0 .2 | pink red orange teal purple | floral dotted zigzag
dresses well 10 | Clothing Shoes Bags Watches perfume | women 2 men 3 \
    | 1.2 .3 | navy beige burgundy grey | plain checked
runs and lifts 12 | Sports running_shoe leggings shorts hoodie socks headphones earbuds | women 1 men 1 \
    | .2 .4 | black orange teal blue | plain zigzag
likes devices 12 | Electronics backpack messenger_bag watch lamp coffee | men 3 women 1 \
    | .5 .7 | black silver grey | plain
makes a home 11 | Home candle tea honey | women 3 men 2 \
    | .3 .4 | beige white green olive brown | plain checked striped
has children 11 | Toys Groceries t_shirt sweater sneaker shampoo backpack | kids \
    | -.4 .5 | yellow red blue green | dotted striped checked
looks for bargains 10 | Clothing Groceries Home socks power_bank mouse | women 1 men 1 \
    | -1.5 .1 | black white grey blue | plain striped
cooks and eats 9 | Groceries frying_pan kettle plate mug teapot | women 1 men 1 \
    | .6 .6 | green brown burgundy olive | plain
skates 7 | skateboard sneaker hoodie cap beanie t_shirt jeans headphones speaker | men 3 women 1 \
    | -.2 .0 | black olive purple green | camouflage checked zigzag
cares for looks 9 | Beauty necklace earrings ring bracelet sunglasses scarf | women \
    | .4 .4 | pink burgundy gold purple | plain floral marbled
travels 5 | Bags tent camera water_bottle jacket boot sunglasses power_bank | men 1 women 1 \
    | .4 .5 | olive brown navy orange | plain camouflage
"""


def _read() -> tuple[tuple[Persona, ...], Weighted]:
    found, shares = [], {}
    for line in _TABLE.replace("\\\n", "").strip().splitlines():
        about, sold, audience, numbers, colours, patterns = (part.strip() for part in line.split("|"))
        name, _, share = about.rpartition(" ")
        price, praise = map(float, numbers.split())
        kinds = tuple(kind.id for kind in KINDS.values() if {kind.id, kind.department.split()[0]} & set(sold.split()))
        found.append(
            Persona(name, kinds, weighted(audience), price, praise, tuple(colours.split()), tuple(patterns.split()))
        )
        shares[name] = float(share)
    return tuple(found), Weighted.of(shares)


_PERSONAS, SHARES = _read()
PERSONAS: Final[Mapping[str, Persona]] = {persona.name: persona for persona in _PERSONAS}

CADENCE: Final[Mapping[str, float]] = {
    "coffee": 14, "tea": 21, "chocolate": 10, "olive_oil": 28, "honey": 32, "pasta": 12, "cereal": 12, "juice": 8,
    "cookies": 9, "shampoo": 28, "face_cream": 32, "lipstick": 45, "perfume": 60, "nail_polish": 40,
}  # fmt: skip
"""What is used up, and after how many days it is usually bought again."""
