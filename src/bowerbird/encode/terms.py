"""How text becomes terms: the one segmentation that indexing, queries and highlighting share.

A text is cut at blanks into pieces, each folded and cut on its own, so the work on a piece is done once and kept.
English words are stemmed; model numbers yield their parts and the joined form; Chinese is cut by jieba.
Every term of a query on a text is among the terms that the text was indexed under.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from bowerbird.domain.ports import Span
from bowerbird.encode.chinese import cut_chinese
from bowerbird.encode.folding import HAN, fold

LANGUAGES = ("en", "zh")
"""The languages whose words are cut as they should be; words of others are parted at blanks."""

Stemming: TypeAlias = Literal["none", "plural", "english"]
_Kept = TypeVar("_Kept")

_MAX_TERM = 64
_MAX_JOINED = 24
_KEPT_PIECES = 200_000
_CACHED_PIECE = 48

_WORD = rf"[^\x00-/:-`{{-\x7f{HAN}]"
_RUNS = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>{_WORD}+(?:(?:[-.'&_]|(?<=\d),(?=\d)){_WORD}+)*)")
_PART = re.compile(rf"[a-z]*\d+(?:[.,]\d+)+{_WORD}*|{_WORD}+")
_HAN = re.compile(f"[{HAN}]")
_PIECE = re.compile(r"\S+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)*)([a-z]{1,4})")
_NAME_AND_NUMBER = re.compile(r"([a-z]{3,})(\d+(?:[.,]\d+)*)")
_LETTERS_OR_DIGITS = re.compile(r"[a-z]+|\d+")


class Token(NamedTuple):
    """A term with the characters of the original text that it stands for: ``text[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TermSettings:
    """``stemming``: "english" (Porter 2), "plural" (Harman's S stemmer) or "none"."""

    stemming: Stemming = "english"


class Terms:
    """Cuts texts; safe from many threads."""

    def __init__(self, settings: TermSettings | None = None) -> None:
        self.settings = settings or TermSettings()
        self._stem = _make_stemmer(self.settings.stemming)
        self._pieces: dict[str, tuple[Token, ...]] = {}
        self._joined: dict[str, str] = {}

    def cut(self, text: str, *, every_character: bool = False) -> list[Token]:
        """Cut a text into tokens, in order of where they start; forms of one word overlap.

        With ``every_character`` each Chinese character is a token too: that is how texts are indexed,
        so that a query of one character finds the words it is part of.
        """
        tokens: list[Token] = []
        for match in _PIECE.finditer(text):
            at = match.start()
            for token in self._cut_piece(match.group()):
                tokens.append(Token(token.text, token.start + at, token.end + at))
        return tokens if not every_character else _with_characters(text, tokens)

    def find(self, text: str, wanted: frozenset[str]) -> list[Token]:
        """The tokens of a text that are wanted, for marking them: ``cut`` without making the others.

        Chinese is not cut but looked through, so a wanted word is also found inside a longer one.
        """
        found: list[Token] = []
        chinese = any(map(_HAN.search, wanted))
        for piece in dict.fromkeys(text.split()):
            tokens = self._pieces.get(piece)
            if tokens is None:
                if not _HAN.search(piece):
                    tokens = self._cut_piece(piece)
                elif chinese or any(term in piece.lower() for term in wanted):
                    tokens = tuple(_look_through(piece, wanted))
                else:
                    continue
            kept = [token for token in tokens if token.text in wanted]
            if kept:
                found += [Token(term, at + start, at + end) for at in _places(text, piece) for term, start, end in kept]
        found.sort(key=lambda token: token.start)
        return found

    def index_terms(self, text: str) -> str:
        """The terms to index a text under, joined by blanks; a term counts as often as it occurs."""
        joined = self._joined
        terms = []
        for piece in text.split():
            found = joined.get(piece)
            terms.append(self._join_piece(piece) if found is None else found)
        return " ".join(filter(None, terms))

    def query_terms(self, text: str) -> list[str]:
        """The distinct terms of a query, in order."""
        return list(dict.fromkeys(token.text for token in self.cut(text)))

    def _join_piece(self, piece: str) -> str:
        tokens = _with_characters(piece, list(self._cut_piece(piece)))
        joined = " ".join(token.text for token in tokens)
        _keep(self._joined, piece, joined)
        return joined

    def _cut_piece(self, piece: str) -> tuple[Token, ...]:
        kept = self._pieces.get(piece)
        if kept is not None:
            return kept
        folded, offsets = fold(piece)
        tokens: list[Token] = []
        for match in _RUNS.finditer(folded):
            if match.lastgroup == "han":
                tokens.extend(Token(*cut) for cut in cut_chinese(match.group(), match.start()))
            else:
                tokens.extend(self._cut_word(match.group(), match.start()))
        if offsets is not None:
            tokens = [Token(text, offsets[start], offsets[end - 1] + 1) for text, start, end in tokens]
        cut = tuple(tokens)
        _keep(self._pieces, piece, cut)
        return cut

    def _cut_word(self, word: str, at: int) -> list[Token]:
        if word.isalpha():
            return [Token(self._stem(word[:_MAX_TERM]), at, at + len(word))]
        parts = [(match.group(), match.start()) for match in _PART.finditer(word)]
        if len(parts) > 1 and parts[-1][0] == "s" and word[parts[-1][1] - 1] == "'":
            parts.pop()
        tokens: list[Token] = []
        for part, start in parts:
            tokens.extend(self._cut_part(part, at + start))
        joined = "".join(part for part, _ in parts)
        if len(parts) > 1 and _is_one_name([part for part, _ in parts], joined):
            end = parts[-1][1] + len(parts[-1][0])
            tokens.append(Token(self._stem(joined) if joined.isalpha() else joined, at, at + end))
        return tokens

    def _cut_part(self, part: str, at: int) -> list[Token]:
        """Cut a run of letters and digits: ``500gb`` is also 500 and gb, ``iphone7`` also iphone and 7."""
        end = at + len(part)
        if part.isalpha():
            return [Token(self._stem(part[:_MAX_TERM]), at, end)]
        if _THOUSANDS.fullmatch(part):
            return [Token(part.replace(",", "")[:_MAX_TERM], at, end)]
        whole = Token(part.replace(",", ".")[:_MAX_TERM], at, end)
        pair = _AMOUNT.fullmatch(part) or _NAME_AND_NUMBER.fullmatch(part)
        if pair:
            split = at + pair.end(1)
            first, second = pair.group(1).replace(",", "."), pair.group(2)
            return [Token(self._stem(first), at, split), Token(self._stem(second), split, end), whole]
        tokens = []
        if len(part) >= 6 and part.isalnum():
            runs = [match for match in _LETTERS_OR_DIGITS.finditer(part) if len(match.group()) >= 3]
            if len(runs) > 1 or (runs and len(runs[0].group()) < len(part)):
                tokens = [Token(run.group()[:_MAX_TERM], at + run.start(), at + run.end()) for run in runs]
        return [*tokens, whole]


def group_words(tokens: Sequence[Span]) -> list[list[Span]]:
    """Tokens by word: the parts and the joined form of one model number overlap, and are one word."""
    words: list[list[Span]] = []
    end = -1
    for token in sorted(tokens, key=lambda token: (token.start, -token.end)):
        if token.start >= end or not words:
            words.append([token])
        else:
            words[-1].append(token)
        end = max(end, token.end)
    return words


def _is_one_name(parts: list[str], joined: str) -> bool:
    """Tell whether parts are also written as one word: dv7-1211ea, wi-fi, t-shirt, h&m; not heavy-duty."""
    if len(joined) > _MAX_JOINED:
        return False
    if any(character.isdigit() for character in joined):
        return "," not in joined and "." not in joined
    return len(parts) <= 3 and len(joined) <= 14 and min(map(len, parts)) <= 3


def _places(text: str, piece: str) -> Iterator[int]:
    """Where a piece stands in a text with blanks around it."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield at
        at = text.find(piece, at + 1)


def _look_through(piece: str, wanted: frozenset[str]) -> Iterator[Token]:
    """Every place where a wanted term stands in a piece, by its characters."""
    folded, offsets = fold(piece)
    for term in wanted:
        at = folded.find(term)
        while at >= 0:
            end = at + len(term)
            yield Token(term, at, end) if offsets is None else Token(term, offsets[at], offsets[end - 1] + 1)
            at = folded.find(term, end)


def _with_characters(text: str, tokens: list[Token]) -> list[Token]:
    extra: dict[Token, None] = {}
    for token in tokens:
        if token.end - token.start == len(token.text) > 1 and _is_han(token.text[0]):
            for offset, character in enumerate(token.text):
                extra.setdefault(Token(character, token.start + offset, token.start + offset + 1))
    if not extra:
        return tokens
    return sorted(dict.fromkeys([*tokens, *extra]), key=lambda token: (token.start, -token.end))


def _is_han(character: str) -> bool:
    return character >= "\u3005" and _HAN.match(character) is not None


def _keep(kept: dict[str, _Kept], piece: str, value: _Kept) -> None:
    if len(piece) <= _CACHED_PIECE:
        if len(kept) >= _KEPT_PIECES:
            # Starting afresh costs a second now and then; an order of use would cost every look-up.
            kept.clear()
        kept[piece] = value


def _make_stemmer(stemming: Stemming) -> Callable[[str], str]:
    if stemming == "none":
        return lambda word: word
    if stemming == "plural":
        return stem_plural
    import Stemmer

    # The C stemmer keeps state, so each thread has its own.
    local = threading.local()

    def stem(word: str) -> str:
        if not word.isascii() or len(word) <= 2:
            return word
        stemmer = getattr(local, "stemmer", None)
        if stemmer is None:
            stemmer = local.stemmer = Stemmer.Stemmer("english", 0)
        return str(stemmer.stemWord(word))

    return stem


def stem_plural(word: str) -> str:
    """Take off an English plural, after Harman, "How effective is suffixing?", JASIS 42(1), 1991."""
    if len(word) <= 3 or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        # boxes, dishes, watches, glasses; but shoes keeps its e, and so does cases.
        return word[:-2] if word.endswith(("xes", "shes", "ches", "sses", "zzes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]
