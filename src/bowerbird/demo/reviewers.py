"""Invented names of people who write reviews, as shops show them: "Ines M.", "小鹿**", "k***7"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_FIRST: Final = tuple(
    "Ada Aisha Alba Alec Amara Anders Anya Ari Asta Ben Bianca Bo Camille Carlos Chidi Clara Dara Diego "
    "Edda Elif Emeka Erik Esther Fadi Farah Felix Fiona Freya Gael Greta Hana Hassan Hugo Ida Ines Ivo "
    "Jana Jonas Joy Kai Karim Lena Leo Lina Lotte Luca Mae Maja Marco Marta Mei Mila Nadia Nico Nils Nina "
    "Noor Olga Omar Otto Paula Petra Priya Rafa Rana Rosa Ruth Sami Sara Sven Tariq Tess Theo Tom Uma "
    "Vera Viktor Wanda Yael Yusuf Zoe".split()
)
_WORDS: Final = tuple(
    "小鹿 阿南 大橘 橙子 月亮 云朵 豆豆 木木 可乐 芒果 星星 小满 安安 团子 栗子 晴天 麦子 "
    "海盐 桃子 青山 糯米 北北 初夏 阿布 小树 山茶 汤圆 西西 柚子 知夏".split()
)
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def draw_author(language: str, chance: Callable[[], float]) -> str:
    """A name; ``chance`` gives numbers from 0 up to 1."""
    if language == "en":
        first = _FIRST[int(chance() * len(_FIRST))]
        style = chance()
        if style < 0.55:
            return f"{first} {_LETTERS[int(style * 26 / 0.55)].upper()}."
        return first if style < 0.85 else f"{first.lower()}{int(style * 9000) % 99:02d}"
    style = chance()
    if style < 0.5:
        return f"{_LETTERS[int(style * 52)]}***{int(chance() * 10)}"
    word = _WORDS[int(chance() * len(_WORDS))]
    return f"{word[0]}**{word[-1]}" if style < 0.75 else word
