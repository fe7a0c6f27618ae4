"""What the tiny shop should answer: questions whose right products nobody would argue about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A search and its right answer.

    ``photo`` is a path inside the tiny shop's folder, ``box`` the part of it that is shown (x, y, width, height
    as fractions). ``ids`` must take the first places, in any order; with ``exact`` they are all the hits there are.
    ``kind`` is the form it is asked in: words, typo, chinese, filter, photo, crop or mixed.
    """

    kind: str
    ids: frozenset[str]
    text: str = ""
    photo: str = ""
    box: tuple[float, float, float, float] | None = None
    filters: str = ""
    exact: bool = False


def _ask(kind: str, text: str, *ids: str) -> Question:
    return Question(kind, frozenset(ids), text=text)


def _only(filters: str, *ids: str, text: str = "") -> Question:
    return Question("filter", frozenset(ids), text=text, filters=filters, exact=True)


def _show(name: str, *ids: str, text: str = "") -> Question:
    return Question("mixed" if text else "photo", frozenset(ids), text=text, photo=f"asked/{name}.jpg")


def _crop(name: str, box: tuple[float, float, float, float], *ids: str) -> Question:
    return Question("crop", frozenset(ids), photo=f"media/{name}.jpg", box=box)


TINY_ANSWERS: tuple[Question, ...] = (
    _ask("words", "running shoes", "runner-swift"),
    _ask("words", "leather handbag", "handbag-structured"),
    _ask("words", "wireless headphones", "headphones-over"),
    _ask("words", "frying pan", "pan-iron"),
    _ask("words", "slim jeans", "jeans-slim"),
    _ask("words", "65 W charger", "charger-65w"),
    _ask("words", "t-shirt", "tee-classic", "tee-sailor"),
    _ask("words", "apples", "apples-red", "apples-green"),
    _ask("words", "evening gown", "gown-evening"),
    _ask("words", "coffee beans", "coffee-beans"),
    _ask("typo", "hedphones", "headphones-over"),
    _ask("typo", "cable knit swaeter", "sweater-cable"),
    _ask("typo", "bannanas", "bananas-ripe"),
    _ask("typo", "mechanical keybord", "keyboard-compact"),
    _ask("chinese", "羽绒服", "puffer-down"),
    _ask("chinese", "拉杆箱", "suitcase-cabin"),
    _ask("chinese", "智能手机", "phone-128"),
    _ask("chinese", "牛奶", "milk-whole"),
    _ask("chinese", "青花瓷茶壶", "teapot-porcelain"),
    _ask("chinese", "龙井绿茶", "tea-longjing"),
    # The T-shirt exists in red, in M and in stock, but not as one: only one variant that is all three counts.
    _only("color = red AND size = M AND availability = in_stock", "polo-pique", "dress-summer"),
    _only("color = red AND size = M", "tee-classic", "polo-pique", "dress-summer"),
    _only(
        "color = black AND availability = in_stock AND category UNDER Clothing",
        "tee-classic",
        "gown-evening",
        "shorts-run",
    ),
    _only(
        "category UNDER Groceries/Fruit", "apples-red", "apples-green", "bananas-ripe", "lemons-unwaxed", "avocado-hass"
    ),
    _only("brand = Auklet AND price < 100", "speaker-portable", "keyboard-compact", "charger-65w"),
    _only('category UNDER "Home & Kitchen" AND price 40..60', "pan-iron", "kettle-electric", "lamp-desk"),
    _only("material IN [wool, down, denim]", "sweater-cable", "puffer-down", "jeans-slim"),
    _only("sport EXISTS AND NOT size = M", "runner-swift", "shorts-run"),
    _only("availability = preorder", "watch-smart"),
    _show("ask-handbag-red", "handbag-structured"),
    _show("ask-runner-blue", "runner-swift"),
    _show("ask-apples-green", "apples-green"),
    _show("ask-teapot-porcelain", "teapot-porcelain"),
    _show("ask-dress-red", "dress-summer"),
    _show("ask-headphones-black", "headphones-over"),
    _show("ask-watch-steel", "watch-diver"),
    _show("ask-puffer-yellow", "puffer-down"),
    _crop("camera-black", (0.1, 0.15, 0.8, 0.7), "camera-mirrorless"),
    _crop("backpack-green", (0.15, 0.1, 0.7, 0.7), "backpack-trail"),
    _crop("tomatoes-red", (0.1, 0.15, 0.75, 0.65), "tomatoes-vine"),
    _crop("lamp-teal", (0.05, 0.1, 0.85, 0.85), "lamp-desk"),
    _show("ask-dress-red", "dress-summer", text="summer dress"),
    _show("ask-handbag-red", "handbag-structured", text="leather bag"),
)
