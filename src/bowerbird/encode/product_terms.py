"""What of a product the term index holds: its texts, cut into words, by term field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bowerbird.domain.product import AttributeValue, Measure, Product
from bowerbird.encode.terms import Terms

_SHORTEST_NAME, _SHORTEST_NUMBER = 4, 6


@dataclass(frozen=True, slots=True)
class ProductTermSettings:
    """How often the title and the description count in ``whole``, against once for all else.

    Repeating a field in one text is the simple BM25F of Robertson, Zaragoza and Taylor (CIKM 2004).
    """

    title: int = 3
    body: int = 2
    most_characters: int = 20_000
    """A longer description adds no words."""


DEFAULT_PRODUCT_TERMS = ProductTermSettings()


def product_terms(
    product: Product, terms: Terms, settings: ProductTermSettings = DEFAULT_PRODUCT_TERMS
) -> Mapping[str, str]:
    """The words of a product by term field, joined by blanks: ``whole``, ``brand`` and ``sku``."""
    return cut_product(product, terms, settings).searched(settings)


@dataclass(frozen=True, slots=True)
class CutProduct:
    """A product's texts cut into words, each joined by blanks.

    ``titles`` and ``bodies`` begin with the product's own and go on with its translations.
    """

    titles: tuple[str, ...]
    bodies: tuple[str, ...]
    brand: str
    others: tuple[str, ...]
    names: tuple[str, ...]

    def searched(self, settings: ProductTermSettings = DEFAULT_PRODUCT_TERMS) -> Mapping[str, str]:
        """What the term index holds: ``whole``, ``brand`` and ``sku``."""
        parts = [*self.titles[:1] * settings.title, self.brand, *self.others, *self.bodies[:1] * settings.body]
        for title, body in zip(self.titles[1:], self.bodies[1:], strict=True):
            parts += [title] * settings.title + [body] * settings.body
        whole = " ".join(part for part in parts if part)
        return {"whole": whole, "brand": self.brand, "sku": " ".join(self.names)}

    def counted(self) -> Mapping[str, str]:
        """What ranking counts words in: ``title``, ``brand``, ``about`` (categories and attributes) and ``body``."""
        fields = {"title": self.titles, "brand": (self.brand,), "about": self.others, "body": self.bodies}
        return {name: " ".join(part for part in parts if part) for name, parts in fields.items()}


def cut_product(product: Product, terms: Terms, settings: ProductTermSettings = DEFAULT_PRODUCT_TERMS) -> CutProduct:
    """Cut every text of a product, once."""
    translations = product.translations.values()
    titles = (product.title, *(text.title for text in translations))
    bodies = (product.description, *(text.description for text in translations))
    return CutProduct(
        titles=tuple(terms.index_terms(text) for text in titles),
        bodies=tuple(terms.index_terms(text[: settings.most_characters]) for text in bodies),
        brand=terms.index_terms(product.brand),
        # Cut apart, so that the end of one value and the start of the next are not taken for one model number.
        others=tuple(terms.index_terms(text) for text in (*_category_names(product), *_attribute_texts(product))),
        names=tuple(_names(product, terms)),
    )


def _names(product: Product, terms: Terms) -> Iterable[str]:
    """Each id as the one term it makes when written together, where that cannot be taken for a word or a number.

    The parts of MH01-XS-Black are no names: the short field would put it first for "black".
    """
    ids = (product.id, *(variant.id for variant in product.variants))
    longest = (max((token.text for token in terms.cut(text)), key=len, default="") for text in ids)
    return dict.fromkeys(name for name in longest if _is_name(name))


def _is_name(term: str) -> bool:
    return len(term) >= _SHORTEST_NUMBER if term.isdigit() else len(term) >= _SHORTEST_NAME and not term.isalpha()


def _category_names(product: Product) -> Iterable[str]:
    return dict.fromkeys(name.strip() for path in product.categories for name in path.split("/"))


def _attribute_texts(product: Product) -> Iterable[str]:
    """Every distinct text among the attributes of the product and its variants."""
    groups = (product.attributes, *(variant.attributes for variant in product.variants))
    return dict.fromkeys(text for group in groups for value in group.values() for text in _texts(value))


def _texts(value: AttributeValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from value
    elif isinstance(value, Measure):
        yield f"{value.value:g} {value.unit}"
