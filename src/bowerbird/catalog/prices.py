"""Prices as people write them to decimals with an ISO 4217 currency."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from bowerbird.domain.errors import InputError

LARGEST = Decimal(10) ** 12
EXPECTED = "a price such as 19.99 USD"

# The signs that mean one currency, longest first, and those shared by several with the one meant by default.
_SIGNS: dict[str, str] = {
    "US$": "USD", "HK$": "HKD", "NT$": "TWD", "CA$": "CAD", "AU$": "AUD", "NZ$": "NZD", "MX$": "MXN", "A$": "AUD",
    "C$": "CAD", "S$": "SGD", "R$": "BRL", "JP¥": "JPY", "CN¥": "CNY", "RMB": "CNY", "円": "JPY", "元": "CNY",
    "人民币": "CNY", "€": "EUR", "£": "GBP", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₫": "VND",
    "₪": "ILS", "₱": "PHP", "฿": "THB", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "лв": "BGN", "руб": "RUB",
    "Rs": "INR", "Rp": "IDR",
}  # fmt: skip
_SHARED: dict[str, tuple[str, frozenset[str]]] = {
    "$": ("USD", frozenset("USD CAD AUD NZD HKD TWD SGD MXN ARS CLP COP".split())),
    "¥": ("CNY", frozenset(("CNY", "JPY"))),
    "kr": ("SEK", frozenset(("SEK", "NOK", "DKK", "ISK"))),
}
# Where a lone dot before three digits divides thousands and the comma is the decimal point.
_COMMA_DECIMALS = frozenset("EUR SEK NOK DKK ISK PLN CZK HUF BGN RON RUB UAH TRY BRL IDR VND".split())
_CODES = frozenset(
    """AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR ISK JOD JPY KES
    KRW KWD KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH UGX
    USD UYU VND XAF XOF ZAR""".split()
)
_FORM = re.compile(
    r"(?P<before>(?:[^\d+\-.,'’]|(?<=[A-Za-z])\.)*)(?P<sign>[+-]?)(?P<digits>[\d.,'’][\d.,'’ ]*)(?P<after>[^\d]*)"
)
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]+")


def parse_price(value: object, currency: str | None = None, *, field: str = "price") -> tuple[Decimal, str | None]:
    """A price with its currency; ``currency`` is the one declared beside it, which settles shared signs.

    An ISO code or unshared sign in the price wins over ``currency``. ``$`` is USD, ``¥`` CNY and ``kr`` SEK unless a
    sibling currency is declared. Raises InputError for negatives, ranges and whatever is no price.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise _refusal(field, value)
    if isinstance(value, str):
        return _parse_text(value, currency, field)
    try:
        return _checked(Decimal(str(value)), value, field), currency
    except (InvalidOperation, ValueError) as error:
        # ValueError: Python refuses to print integers of more than 4,300 digits.
        raise _refusal(field, "a number without end") from error


def parse_currency(value: object, *, field: str = "currency") -> str:
    """An ISO 4217 code in capitals from a code or a sign; raises InputError."""
    if isinstance(value, str):
        text = value.strip()
        code = _SIGNS.get(text) or (_SHARED[text][0] if text in _SHARED else text.upper())
        if code in _CODES or re.fullmatch(r"[A-Z]{3}", code):
            return code
    raise InputError("not a currency", field=field, found=value, expected="an ISO 4217 code such as USD")


def print_price(price: Decimal, currency: str | None = None) -> str:
    """The price as Google Merchant writes it, such as ``19.99 USD``; parsing it gives the same again."""
    return f"{price:f} {currency}" if currency else f"{price:f}"


@lru_cache(maxsize=4_096)  # a shop has far fewer prices than products
def _parse_text(text: str, currency: str | None, field: str) -> tuple[Decimal, str | None]:
    # NFKC brings full-width digits and signs, as Chinese and Japanese shops type them, to the plain ones.
    compact = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text[:200])).strip()
    match = _FORM.fullmatch(compact) if len(compact) <= 60 else None
    if match is None or match["sign"] == "-":
        raise _refusal(field, text)
    before, after = match["before"].strip(" ."), match["after"].strip(" .")
    digits = match["digits"].strip().replace(" ", "").replace("'", "").replace("’", "")
    after = re.sub(r"^[-–—]+\s*", "", after) if digits.endswith((".", ",")) else after
    marks = [mark for mark in (before, after) if mark]
    if len(marks) > 1 and _SIGNS.get(marks[0], marks[0]).upper() != _SIGNS.get(marks[1], marks[1]).upper():
        # "$19.99 USD" names its currency twice: the code decides, the sign has to agree.
        found: str | None = _agreed(marks, text, field)
    else:
        found = _currency_of(marks[0], currency, text, field) if marks else currency
    return _checked(_number(digits, found, text, field), text, field), found


def _agreed(marks: list[str], text: str, field: str) -> str:
    codes = [mark.upper() for mark in marks if mark.upper() in _CODES]
    signs = [mark for mark in marks if mark.upper() not in _CODES]
    if len(codes) == 1 and len(signs) == 1:
        if _SIGNS.get(signs[0]) == codes[0] or (signs[0] in _SHARED and codes[0] in _SHARED[signs[0]][1]):
            return codes[0]
    raise _refusal(field, text)


def _currency_of(mark: str, declared: str | None, text: str, field: str) -> str:
    for name in (mark, mark.upper(), mark.lower(), mark.capitalize()):
        if name in _SIGNS:
            return _SIGNS[name]
        if name in _SHARED:
            usual, siblings = _SHARED[name]
            return declared if declared in siblings and declared is not None else usual
    if mark.upper() in _CODES:
        return mark.upper()
    raise _refusal(field, text)


def _number(digits: str, currency: str | None, text: str, field: str) -> Decimal:
    dots, commas = digits.count("."), digits.count(",")
    if digits.endswith((".", ",")):
        digits = digits[:-1]
        dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        point = "." if digits.rfind(".") > digits.rfind(",") else ","
    elif dots + commas == 0:
        point = ""
    else:
        mark = "." if dots else ","
        head, _, tail = digits.rpartition(mark)
        grouped = len(tail) == 3 and head not in ("", "0") and (mark == "," or currency in _COMMA_DECIMALS)
        point = "" if dots + commas > 1 or grouped else mark
    whole, _, fraction = digits.rpartition(point) if point else (digits, "", "")
    groups = re.split(r"[.,]", whole)
    sound = all(group.isdigit() and group.isascii() for group in groups if group or len(groups) > 1)
    if not sound or any(len(group) not in (2, 3) for group in groups[1:]) or (groups[1:] and len(groups[-1]) != 3):
        raise _refusal(field, text)
    try:
        return Decimal(f"{''.join(groups) or '0'}.{fraction or '0'}")
    except InvalidOperation as error:
        raise _refusal(field, text) from error


def _checked(price: Decimal, found: object, field: str) -> Decimal:
    if not price.is_finite() or price < 0 or price > LARGEST:
        raise _refusal(field, found)
    price = price.normalize()
    # normalize() turns 100 into 1E+2; what is stored and printed stays a plain number.
    exponent = price.as_tuple().exponent
    if isinstance(exponent, int) and exponent > 0:
        return price.quantize(Decimal(1))
    return abs(price)


def _refusal(field: str, found: object) -> InputError:
    return InputError("not a price", field=field, found=found, expected=EXPECTED)
