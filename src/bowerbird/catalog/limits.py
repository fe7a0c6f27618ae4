"""How much of everything an import takes; one place, so that files and the HTTP API refuse alike."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """Bounds on untrusted catalogues; what exceeds one is refused, never cut silently."""

    max_field_chars: int = MEGABYTE
    """Characters in one field of a row."""
    max_row_bytes: int = 16 * MEGABYTE
    """Bytes in one line or element."""
    max_columns: int = 10_000
    """Columns of a table, and keys of one record."""
    max_depth: int = 32
    """Levels of nesting in JSON, YAML or XML."""
    max_document_bytes: int = 512 * MEGABYTE
    """Bytes of a file that can only be read whole, such as one JSON array."""
    max_expanded_bytes: int = 20_000 * MEGABYTE
    """Bytes a compressed file may grow to."""
    max_ratio: int = 150
    """Times a compressed file may grow once it is past ``ratio_from_bytes``; text rarely passes 20."""
    ratio_from_bytes: int = 64 * MEGABYTE


@dataclass(frozen=True, slots=True)
class ProductLimits:
    """Bounds on one product."""

    max_id_chars: int = 512
    max_title_chars: int = 5_000
    max_text_chars: int = MEGABYTE
    max_value_chars: int = 100_000
    max_name_chars: int = 256
    max_attributes: int = 5_000
    max_values: int = 1_000
    max_variants: int = 10_000
    max_images: int = 1_000
    max_categories: int = 500
    max_reviews: int = 50_000
    max_links: int = 5_000
    max_translations: int = 50


PRODUCT_LIMITS = ProductLimits()
