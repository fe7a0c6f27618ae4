"""Text as shops write it to plain text: tags and entities gone, paragraphs kept, blanks and controls tidied.

Text in a wrong encoding ("mojibake") is left alone: repairing it guesses, and a wrong guess destroys names.
"""

from __future__ import annotations

import html
import re
import unicodedata

_PARAGRAPHS = frozenset(
    "p div ul ol table section article header footer blockquote pre h1 h2 h3 h4 h5 h6 dl form main aside".split()
)
_LINES = frozenset("br li tr dt dd hr option".split())
_CELLS = frozenset("td th".split())
_HIDDEN = frozenset("script style noscript template iframe object svg head title".split())

_TAG = re.compile(r"<(?:[a-zA-Z!/?])")
# A whole tag, with ">" inside quoted values; the bounds keep hostile text from being read over and over.
_ELEMENT = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>"'<]{0,100}+)(?:[^>"'<]{1,2000}+|"[^"]{0,5000}+"|'[^']{0,5000}+'){0,60}+>"""
)
_LAID_OUT = re.compile(r"<(?:p|br|li|div|ul|ol|tr|h[1-6])\b", re.IGNORECASE)
_NEWLINES = re.compile(r"[\r\n]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?\n ?")
_MANY_LINES = re.compile(r"\n{3,}")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufff9-\ufffb\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[!-%'-;=-~]+(?: [!-%'-;=-~]+)*")  # printable ASCII less & and <, single blanks


def clean_text(value: str) -> str:
    """Plain text with its paragraphs: lines by one newline, paragraphs by two. Doing it twice changes nothing more."""
    if _PLAIN.fullmatch(value):
        return value
    text = strip_html(value)
    text = _normalise(text)
    lines = _LINE_ENDS.sub("\n", _BLANKS.sub(" ", text))
    return _MANY_LINES.sub("\n\n", lines).strip()


def clean_line(value: str) -> str:
    """Plain text on one line."""
    if _PLAIN.fullmatch(value):
        return value
    return " ".join(_normalise(strip_html(value)).split())


def tidy_line(value: str) -> str:
    """One line with blanks and controls tidied and nothing read as HTML: for ids, addresses and names."""
    if _PLAIN.fullmatch(value):
        return value
    return " ".join(_normalise(value).split())


def strip_html(value: str) -> str:
    """Drop tags, scripts and styles, and resolve entities, also of text that was escaped twice.

    Runs until nothing changes (at most four rounds), so cleaning is idempotent; a ``<`` that opens no tag stays.
    """
    for _ in range(4):
        if _TAG.search(value):
            stripped = _strip_tags(value)
        elif _ENTITY.search(value):
            stripped = html.unescape(value)
        else:
            return value
        if stripped == value:
            return value
        value = stripped
    # Text nested deeper than four escapes is no honest text; take its angle brackets away for good.
    return value if not _TAG.search(value) and not _ENTITY.search(value) else re.sub(r"[<>&]", " ", value)


def _normalise(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text.replace("\x85", "\n")))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _strip_tags(value: str) -> str:
    """One round of taking tags away, in time linear in the text, which the standard parser's is not."""
    if _LAID_OUT.search(value):
        # Where tags make the lines, a newline in the source is only a blank, as in a browser.
        value = _NEWLINES.sub(" ", value)
    parts: list[str] = []
    unclosed: set[str] = set()
    at, last = 0, value.rfind(">")
    while (start := value.find("<", at)) >= 0:
        parts.append(value[at:start])
        if start > last:
            # Nothing closes any more: what looks like a tag is text.
            at = start
            break
        at = start + 1
        if value.startswith("<!--", start):
            end = value.find("-->", start + 4)
            at = len(value) if end < 0 else end + 3
        elif match := _ELEMENT.match(value, start):
            at = _after_element(value, match, parts, unclosed)
        elif _TAG.match(value, start):
            at = value.find(">", start) + 1
        else:
            parts.append("<")
    parts.append(value[at:])
    return html.unescape("".join(parts))


def _after_element(value: str, match: re.Match[str], parts: list[str], unclosed: set[str]) -> int:
    """Put line ends where a browser would for one tag; where reading goes on."""
    tag, opening = match[2].lower(), not match[1]
    if opening and tag in _HIDDEN and tag not in unclosed:
        end = re.compile(rf"</{tag}\b[^>]*>?", re.IGNORECASE).search(value, match.end())
        if end:
            return end.end()
        unclosed.add(tag)
        if tag in ("script", "style"):
            return len(value)
    if tag in _PARAGRAPHS:
        parts.append("\n\n")
    elif tag in _LINES and (opening or tag in ("br", "hr")):
        parts.append("\n")
    elif tag in _CELLS and opening:
        parts.append(" ")
    return match.end()
