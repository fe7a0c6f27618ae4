"""Every platform's words for stock to Google Merchant's four."""

from __future__ import annotations

import re

from bowerbird.domain.errors import InputError
from bowerbird.domain.product import Availability

_WORDS: dict[str, Availability] = {
    **dict.fromkeys(
        """instock available yes y true t onstock lowstock limitedavailability instoreonly onlineonly madetoorder
        有货 现货 有库存 有現貨 在售""".split(),
        Availability.IN_STOCK,
    ),
    **dict.fromkeys(
        """outofstock oos soldout unavailable notavailable no n false f discontinued nostock
        缺货 无货 售罄 无库存 售完 缺貨""".split(),
        Availability.OUT_OF_STOCK,
    ),
    **dict.fromkeys("preorder presale comingsoon 预售 预购 即将上市".split(), Availability.PREORDER),
    **dict.fromkeys("backorder backordered onbackorder availablefororder 预订 可订购".split(), Availability.BACKORDER),
}
_EXACT = {str(word): word for word in Availability}
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_RANK = (Availability.IN_STOCK, Availability.PREORDER, Availability.BACKORDER, Availability.OUT_OF_STOCK)


def parse_availability(value: object, *, field: str = "availability") -> Availability:
    """A word, a yes or no, a schema.org address or a stock count; raises InputError for anything else."""
    if isinstance(value, bool):
        return Availability.IN_STOCK if value else Availability.OUT_OF_STOCK
    if isinstance(value, int | float):
        return Availability.IN_STOCK if value > 0 else Availability.OUT_OF_STOCK
    if isinstance(value, str):
        text = value.strip()
        if text in _EXACT:
            return _EXACT[text]
        if _NUMBER.fullmatch(text):
            return Availability.IN_STOCK if float(text.replace(",", ".")) > 0 else Availability.OUT_OF_STOCK
        word = re.sub(r"[\s_\-]+", "", re.sub(r"^https?://schema\.org/", "", text, flags=re.IGNORECASE)).lower()
        if word in _WORDS:
            return _WORDS[word]
    raise InputError(
        "not an availability", field=field, found=value, expected="in_stock, out_of_stock, preorder or backorder"
    )


def best_availability(values: list[Availability]) -> Availability | None:
    """What a product is when its variants are these: buyable when one is."""
    return min(values, key=_RANK.index, default=None)
