"""Which of a product's languages a shopper is shown."""

from __future__ import annotations

from bowerbird.domain.product import Product, Translation


def translation_of(product: Product, lang: str) -> Translation | None:
    """The translation for a language tag, or for its nearest: ``zh-tw`` finds ``zh``, and ``zh`` finds ``zh-cn``."""
    if not lang or not product.translations:
        return None
    wanted = lang.lower().replace("_", "-")
    exact = product.translations.get(wanted)
    if exact is not None:
        return exact
    primary = wanted.partition("-")[0]
    near = (text for name, text in product.translations.items() if name.partition("-")[0] == primary)
    return next(near, None)


def title_in(product: Product, lang: str) -> str:
    """The title in a language, or the product's own where it has none in it."""
    translation = translation_of(product, lang)
    return (translation.title if translation is not None else "") or product.title


def description_in(product: Product, lang: str) -> str:
    """The description in a language, or the product's own where it has none in it."""
    translation = translation_of(product, lang)
    return (translation.description if translation is not None else "") or product.description
