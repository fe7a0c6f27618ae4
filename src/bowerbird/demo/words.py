"""What materials, patterns, colours and audiences are called in a shop's texts, in English and Chinese."""

from __future__ import annotations

from functools import cache
from typing import Final

from bowerbird.demo.kinds import KINDS

_MATERIALS: Final = {
    "cotton": ("cotton", "纯棉"), "linen": ("linen", "亚麻"), "wool": ("wool", "羊毛"), "denim": ("denim", "牛仔"),
    "silk": ("silk", "真丝"), "leather": ("leather", "真皮"), "suede": ("suede", "麂皮"), "canvas": ("canvas", "帆布"),
    "nylon": ("nylon", "尼龙"), "fleece": ("fleece", "摇粒绒"), "velvet": ("velvet", "丝绒"),
    "steel": ("stainless-steel", "不锈钢"), "gold": ("gold-plated", "镀金"), "silver": ("sterling silver", "纯银"),
    "aluminium": ("aluminium", "铝合金"), "iron": ("iron", "铁质"), "plastic": ("plastic", "塑料"),
    "rubber": ("rubber", "橡胶"), "glass": ("glass", "玻璃"), "ceramic": ("ceramic", "陶瓷"),
    "porcelain": ("porcelain", "骨瓷"), "wood": ("wooden", "木质"), "bamboo": ("bamboo", "竹制"),
    "paper": ("paper", "纸质"),
    "stone": ("stone", "石质"), "pearl": ("pearl", "珍珠"), "wax": ("wax", "植物蜡"), "foam": ("foam", "泡棉"),
}  # fmt: skip
"""As they stand before a thing: "a wooden chair"."""

_NOUNS: Final = {
    "stainless-steel": "stainless steel", "gold-plated": "gold plating", "wooden": "wood", "cast-iron": "cast iron",
    "leather-strap": "leather", "rubber-strap": "rubber", "nylon-strap": "nylon", "leather-trimmed": "leather",
    "leather-wrapped": "leather", "nylon-wrapped": "nylon", "glass-back": "glass", "aluminium-back": "aluminium",
    "die-cast": "die-cast metal", "steel-frame": "steel", "enamelled-steel": "enamelled steel", "paper": "paper",
    "chrome-steel": "chrome steel", "maple-wood": "maple wood", "皮带": "真皮", "钢带": "不锈钢", "橡胶带": "橡胶",
    "尼龙带": "尼龙", "玻璃后盖": "玻璃", "金属后盖": "铝合金", "皮质蒙皮": "皮革", "皮质": "皮革",
    "织物网面": "尼龙织物",
    "牛仔": "牛仔布", "木质": "木材", "竹制": "竹材", "纸质": "纸材", "石质": "石材", "铁质": "铁", "镀金": "镀金工艺",
}  # fmt: skip
"""As they stand alone, where that is another word: "the wood is oiled"."""

_PATTERNS: Final = {
    "striped": ("striped", "条纹"), "checked": ("checked", "格纹"), "dotted": ("dotted", "波点"),
    "floral": ("floral", "碎花"), "marbled": ("marbled", "大理石纹"), "zigzag": ("zigzag", "锯齿纹"),
    "camouflage": ("camouflage", "迷彩"), "plain": ("plain", "纯色"),
}  # fmt: skip

AUDIENCES: Final = {
    "women": ("Women's", "女士"), "men": ("Men's", "男士"), "kids": ("Kids'", "儿童"), "unisex": ("Unisex", "男女同款"),
}  # fmt: skip
"""Those that a text names."""

_KEPT: Final = frozenset("a an and by de for from fps g in kg ml mm of on or the to with".split())
"""Words that stay as they are in a title, units among them."""


@cache
def material_words(kind: str, material: str) -> tuple[str, str]:
    """A material before the thing's name in English and Chinese, as this kind has it."""
    return KINDS[kind].material_words.get(material) or _MATERIALS[material]


@cache
def material_nouns(kind: str, material: str) -> tuple[str, str]:
    """A material standing alone in English and Chinese."""
    english, chinese = material_words(kind, material)
    return _NOUNS.get(english, english), _NOUNS.get(chinese, chinese)


def pattern_words(pattern: str) -> tuple[str, str]:
    """A pattern before the thing's name in English and Chinese."""
    return _PATTERNS[pattern]


@cache
def in_title_case(text: str) -> str:
    """A text such as "v-neck T-shirt in red" as "V-Neck T-Shirt in Red"; words with capitals of their own keep them."""
    words = text.split(" ")
    return " ".join(
        word if at and word in _KEPT else "-".join(map(_capital, word.split("-"))) for at, word in enumerate(words)
    )


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def sentence(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]


def listed_in_english(names: tuple[str, ...]) -> str:
    """Names as in "red, navy and beige"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
