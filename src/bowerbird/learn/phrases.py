"""What a photo's product may be called: the texts that the alignment learns to find it by."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bowerbird.domain.product import AttributeValue, Product

SLOTS = ("title", "kind", "colour and kind", "audience and kind", "first sentence")
_COLOUR = ("base_colour", "basecolour", "color", "colour", "颜色")
_AUDIENCE = ("gender", "audience", "age_group")
_SENTENCE = re.compile(r"[.!?。！？](?:\s|$)")
_LONGEST = 160


def phrases_of(product: Product, variant: int = -1) -> tuple[str, ...]:
    """One text a slot: title, kind, colour and kind ("red dress"), audience and kind, first sentence.

    ``variant`` is the position of the variant that the photo shows, whose colour is meant. Where a product tells too
    little for a slot, the text of an earlier slot stands in.
    """
    title = product.title.strip()
    kind = kind_of(product) or title
    attributes: dict[str, AttributeValue] = dict(product.attributes)
    if 0 <= variant < len(product.variants):
        attributes.update(product.variants[variant].attributes)
    colour, audience = _first(attributes, _COLOUR), _first(attributes, _AUDIENCE)
    return (
        title,
        kind.lower(),
        f"{colour} {kind}".strip().lower(),
        f"{audience} {kind}".strip().lower(),
        _first_sentence(product.description) or title,
    )


def kind_of(product: Product) -> str:
    """The last name of the deepest category path, such as ``Jackets``; empty without categories."""
    if not product.categories:
        return ""
    # max keeps the first of equally deep paths: shops put the main one first.
    return max(product.categories, key=lambda path: path.count("/")).rsplit("/", 1)[-1].strip()


def _first(attributes: Mapping[str, AttributeValue], names: tuple[str, ...]) -> str:
    for name in names:
        value = attributes.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, tuple) and len(value) == 1:
            return value[0]
    return ""


def _first_sentence(text: str) -> str:
    return _SENTENCE.split(" ".join(text.split()), 1)[0][:_LONGEST].strip()
