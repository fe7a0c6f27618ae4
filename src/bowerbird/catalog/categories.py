r"""Category paths in one form: names joined by ``/``, such as ``Women/Tops/Jackets``.

A slash inside a name is written ``∕`` (U+2215, the division slash), so that a path can always be cut at ``/``;
``\/`` in the input means such a slash. Magento's root, "Default Category", is dropped.
"""

from __future__ import annotations

import re

from bowerbird.catalog.cleaning import clean_line

SLASH_IN_NAME = "∕"
_ROOTS = frozenset(("default category", "root catalog"))


def category_path(text: str, separator: str | None = None) -> str:
    """One path; without a ``separator`` it is `` > `` where the text has one, else ``/``. Empty for a bare root."""
    text = clean_line(text).replace("\\/", SLASH_IN_NAME)
    if separator is None:
        separator = next((mark for mark in (">", "›", "»", "|") if mark in text), "/")
    names = (" ".join(part.split()).replace("/", SLASH_IN_NAME) for part in text.split(separator))
    kept = [name for name in names if name]
    if kept and kept[0].lower() in _ROOTS:
        kept = kept[1:]
    return "/".join(kept)


def path_of_names(names: list[str]) -> str:
    """The path through these names, slashes inside them kept apart."""
    return "/".join(clean_line(name).replace("/", SLASH_IN_NAME) for name in names if name.strip())


def split_list(text: str) -> list[str]:
    """The entries of a comma-separated list; a comma after a backslash belongs to its entry."""
    return [part.replace("\\,", ",").strip() for part in re.split(r"(?<!\\),", text) if part.strip()]


def without_ancestors(paths: list[str]) -> list[str]:
    """The paths that no other one continues, in order, without repeats."""
    distinct = list(dict.fromkeys(paths))
    return [path for path in distinct if not any(other.startswith(path + "/") for other in distinct)]
