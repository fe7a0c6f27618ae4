"""The one error tree.

    BowerbirdError
    ├── InputError            the caller's data is wrong: says where, what was found, what was expected
    │   ├── FormatError       a file is not what it claims to be, or its format is unknown
    │   ├── FilterError       a filter does not parse; points at the character
    │   ├── PhotoError        a photo cannot be used: broken, too large, lying, refused
    │   ├── AudioError        a voice clip cannot be used: broken, too large, too long, silent
    │   ├── AddressError      a remote address is refused
    │   └── SettingError      a setting is unknown or has a wrong value; names the nearest known one
    ├── NotFoundError         no such product, shop, snapshot or file
    ├── MissingExtraError     an optional part is not installed; names the extra
    ├── StorageError          the disk or the database refused: nothing acknowledged was lost
    │   ├── DiskFullError
    │   └── ArtefactError     a derived file is torn or of another version
    └── ModelError            a model's files cannot be used

HTTP statuses and exit codes are derived from this tree once each, in ``serve`` and ``cli``.
"""

from __future__ import annotations

from reprlib import Repr


class BowerbirdError(Exception):
    """Everything this package raises on purpose; its text is fit to show to a person."""

    code = "error"


class InputError(BowerbirdError):
    """The caller's data is wrong.

    ``field`` names the field, ``where`` the file and row or the request part,
    ``found`` what stood there and ``expected`` what should have.
    """

    code = "bad_input"

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        where: str | None = None,
        found: object = None,
        expected: str | None = None,
    ) -> None:
        self.message = message
        self.field = field
        self.where = where
        self.found = found
        self.expected = expected
        super().__init__(self._text())

    def _text(self) -> str:
        parts = [f"{self.where}: {self.message}" if self.where else self.message]
        if self.found is not None:
            parts.append(f"found {shorten(self.found)}")
        if self.expected is not None:
            parts.append(f"expected {self.expected}")
        return "; ".join(parts)


class FormatError(InputError):
    """A file is not what it claims to be, or its format is unknown."""

    code = "bad_format"


class FilterError(InputError):
    """A filter does not parse; ``position`` is the offset of the offending character."""

    code = "bad_filter"

    def __init__(self, message: str, *, text: str, position: int, expected: str | None = None) -> None:
        self.text = text
        self.position = position
        window = text[max(0, position - 40) : position + 40]
        caret = " " * min(position, 40) + "^"
        super().__init__(
            f"{message} at character {position + 1}\n  {window}\n  {caret}", field="filters", expected=expected
        )


class PhotoError(InputError):
    """A photo cannot be used: broken, too large, not what it claims, or refused."""

    code = "bad_photo"


class AudioError(InputError):
    """A voice clip cannot be used: broken, too large, too long, silent, or no clip at all."""

    code = "bad_audio"


class AddressError(InputError):
    """A remote address is refused by the rules for fetching."""

    code = "address_refused"


class SettingError(InputError):
    """A setting is unknown or has a wrong value."""

    code = "bad_setting"


class NotFoundError(BowerbirdError):
    """No such product, shop, snapshot or file."""

    code = "not_found"


class MissingExtraError(BowerbirdError):
    """An optional part is not installed."""

    code = "missing_extra"

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs an extra: pip install 'bowerbird[{extra}]'")


class StorageError(BowerbirdError):
    """The disk or the database refused; nothing that was acknowledged is lost."""

    code = "storage"


class DiskFullError(StorageError):
    """No space is left where the shop lives."""

    code = "disk_full"


class ArtefactError(StorageError):
    """A derived file is torn, missing, or written by another version."""

    code = "bad_artefact"


class ModelError(BowerbirdError):
    """A model's files cannot be used."""

    code = "bad_model"


def shorten(value: object, limit: int = 80) -> str:
    """Show a value in an error without flooding the log: its repr, cut to about ``limit`` characters."""
    if isinstance(value, str | bytes):
        text = repr(value[: limit * 2])
    else:
        # Bounded in depth and size: what is shown may be hostile.
        text = _SHORT.repr(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


class _ShortRepr(Repr):
    """``Repr`` that also survives integers too long to be written out."""

    def repr_int(self, x: int, level: int) -> str:
        return super().repr_int(x, level) if x.bit_length() < 10_000 else f"an integer of {x.bit_length():,} bits"


_SHORT = _ShortRepr()
