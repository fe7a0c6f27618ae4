"""Emoji in a query, by the names that Unicode gives them in English and Chinese."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

import emoji

from bowerbird.understand.phrases import Found, PhraseTable


def find_emojis(text: str, names: PhraseTable) -> Iterator[Found]:
    """The emoji of a text that are pictures of something the table names."""
    if text.isascii() or not any(unicodedata.category(character) == "So" for character in text):
        return
    for one in emoji.emoji_list(text):
        for name in _names_of(str(one["emoji"])):
            keys = names.keys_of(name)
            for key in keys:
                yield Found(key, int(one["match_start"]), int(one["match_end"]))
            if keys:
                break


@cache
def _names_of(picture: str) -> tuple[str, ...]:
    emoji.config.load_language("zh")
    known = emoji.EMOJI_DATA.get(picture, {})
    return tuple(str(known[lang]).strip(":").replace("_", " ") for lang in ("en", "zh") if lang in known)
