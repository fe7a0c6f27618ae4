"""Each shopper of the crowd: a taste that is known, a size, an account or none, and how often they come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from bowerbird.demo.brands import BRANDS, brands_of
from bowerbird.demo.crowd.assortment import APPEAL, DEAR, DEAR_SQUARED, PRAISE, STYLES
from bowerbird.demo.crowd.personas import PERSONAS, SHARES, Persona
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.look import COLOURS, PATTERNS

_SALT: Final = 0xC20D
_LIKED_KIND, _NEAR_KIND, _OTHER_KIND = 1.8, 0.2, -1.4
_OTHER_AUDIENCE: Final = -2.2
_FUSSY: Final = 0.35
"""How fast a price loses on its way from the liked one, by the square of standard deviations."""
_STYLE: Final = 0.45
_ACCOUNT, _CONSENT, _CHINESE, _AWAY = 0.7, 0.93, 0.2, 0.25


@dataclass(frozen=True, slots=True)
class Shopper:
    """One shopper.

    ``likes`` are log-odds by the names of an assortment's features. ``user`` is empty for whoever has no account.
    ``came`` and ``left`` are the days before the end between which they come, ``rate`` visits a day; ``build`` is 0 for
    the smallest sizes and 1 for the largest.
    """

    number: int
    user: str
    persona: str
    audience: str
    language: str
    consent: bool
    build: float
    came: float
    left: float
    rate: float
    likes: Mapping[str, float]

    def size(self, kind: str) -> str:
        """The size that fits of a kind, empty where it has no sizes for people."""
        sizes = KINDS[kind].sizes
        if sizes is None or sizes.unit:
            return ""
        every = sizes.by_audience.get(self.audience) or sizes.by_audience.get("") or sizes.by_audience["unisex"]
        found = every[min(len(every) - 1, int(self.build * len(every)))]
        return found if isinstance(found, str) else ""


def invent_shoppers(seed: int, count: int, days: float) -> Iterator[Shopper]:
    """The first ``count`` shoppers of a seed, who come within ``days`` before the end."""
    return (invent_shopper(seed, number, days) for number in range(count))


def invent_shopper(seed: int, number: int, days: float) -> Shopper:
    """Shopper ``number`` of a seed, the same however many there are."""
    rng = Random((seed << 44) + (number << 16) + _SALT)
    chance = rng.random
    persona = PERSONAS[SHARES.draw(chance())]
    audience = persona.audience.draw(chance())
    # Half were there from the start; the others come upon the shop one after the other.
    came = days * (1 - 0.2 * chance()) if chance() < 0.5 else days * chance()
    left = max(0.0, came - rng.expovariate(1 / (days / 6))) if chance() < _AWAY else 0.0
    return Shopper(
        number=number,
        user=f"user-{number + 1}" if chance() < _ACCOUNT else "",
        persona=persona.name,
        audience=audience,
        language="zh" if chance() < _CHINESE else "en",
        consent=chance() < _CONSENT,
        build=round(min(0.999, max(0.0, rng.gauss(0.5, 0.22))), 3),
        came=round(came, 3),
        left=round(left, 3),
        rate=round(min(0.6, rng.gammavariate(1.6, 0.07)), 4),
        likes={name: round(worth, 3) for name, worth in _draw_likes(persona, audience, rng).items()},
    )


def _draw_likes(persona: Persona, audience: str, rng: Random) -> dict[str, float]:
    liked = _draw_kinds(persona, audience, rng)
    near = {KINDS[kind].department for kind in liked}
    likes = {}
    for name, kind in KINDS.items():
        base = _LIKED_KIND if name in liked else _NEAR_KIND if kind.department in near else _OTHER_KIND
        likes[f"kind {name}"] = rng.gauss(base, 0.35)
    level = rng.gauss(persona.price, 0.5)
    sold = sorted({brand.name for kind in liked for brand in brands_of(KINDS[kind])})
    sold.sort(key=lambda name: abs(BRANDS[name].tier - 1 - level) + 1.2 * rng.random())
    favourites = set(sold[: rng.randint(3, 5)])
    likes |= {f"brand {name}": rng.gauss(0.0, 0.2) + 1.1 * (name in favourites) for name in BRANDS}
    own = set(rng.sample(persona.colours, k=2)) | {rng.choice(tuple(COLOURS))}
    likes |= {f"colour {name}": rng.gauss(-0.1, 0.15) + 1.1 * (name in own) for name in COLOURS}
    pattern = rng.choice(persona.patterns)
    likes |= {f"pattern {name}": rng.gauss(0.0, 0.1) + 0.8 * (name == pattern) for name in PATTERNS}
    for other in ("women", "men", "kids"):
        likes[f"audience {other}"] = 0.3 if other == audience else _OTHER_AUDIENCE
    likes |= {DEAR: 2 * _FUSSY * level, DEAR_SQUARED: -_FUSSY, PRAISE: max(0.0, rng.gauss(persona.praise, 0.15))}
    common = Random(persona.name)
    likes |= {name: _STYLE * (common.gauss(0.0, 1.0) + rng.gauss(0.0, 0.7)) for name in STYLES}
    return likes | {APPEAL: 1.0}


def _draw_kinds(persona: Persona, audience: str, rng: Random) -> set[str]:
    """Five to eight kinds that the persona may like and that are made for the audience, and one of all others."""
    fitting = [kind for kind in persona.kinds if _made_for(kind, audience)]
    liked = set(rng.sample(fitting, k=min(len(fitting), rng.randint(5, 8))))
    return liked | {rng.choice([kind for kind in KINDS if _made_for(kind, audience)])}


def _made_for(kind: str, audience: str) -> bool:
    return bool({audience, "unisex", "everyone"} & set(KINDS[kind].audience.names))
