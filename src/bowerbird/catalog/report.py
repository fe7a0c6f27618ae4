"""What an import came to, for people and for ``--json``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bowerbird.catalog.photos import PhotoReport
from bowerbird.storage.products import Put


@dataclass(slots=True)
class ImportReport:
    """The counts of one import.

    ``read`` counts products (and rows that could not be read as one), ``accepted`` those that were sound,
    ``rejected`` the rows in the rejects file, which may be single variants of accepted products. ``renewed`` are ids
    of unchanged products whose photos are new: what is derived from them has to be made again.
    """

    source: str
    format: str
    why: str
    dry_run: bool = False
    read: int = 0
    accepted: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: int = 0
    variants: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    photos: PhotoReport = field(default_factory=PhotoReport)
    renewed: list[str] = field(default_factory=list)
    rejects: Path | None = None
    first_rejects: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, result: Put) -> None:
        """Count one written product."""
        if result is Put.NEW:
            self.new += 1
        elif result is Put.CHANGED:
            self.changed += 1
        else:
            self.unchanged += 1

    def to_dict(self) -> dict[str, object]:
        """The report for JSON."""
        photos = self.photos
        return {
            "source": self.source,
            "format": self.format,
            "why": self.why,
            "dry_run": self.dry_run,
            "read": self.read,
            "accepted": self.accepted,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "rejected": self.rejected,
            "variants": self.variants,
            "skipped": dict(self.skipped),
            "photos": {
                "stored": photos.stored,
                "unchanged": photos.unchanged,
                "missing": photos.missing,
                "failed": photos.failed,
                "remote_skipped": photos.remote_skipped,
                "refused": [
                    {"ref": ref, "product": product_id, "reason": reason} for ref, product_id, reason in photos.refused
                ],
            },
            "renewed": len(self.renewed),
            "rejects": None if self.rejects is None else str(self.rejects),
            "first_rejects": list(self.first_rejects),
            "notes": list(self.notes),
        }

    def lines(self) -> list[str]:
        """The report in a few lines for a person."""
        lines = [
            f"{self.source}: taken for {self.format} ({self.why})",
            f"{self.read:,} read: {self.new:,} new, {self.changed:,} changed, {self.unchanged:,} unchanged, "
            f"{self.removed:,} removed, {self.rejected:,} rejected" + (" (dry run)" if self.dry_run else ""),
        ]
        if self.variants:
            lines.append(f"{self.variants:,} variants")
        photos = self.photos
        if photos.stored or photos.unchanged or photos.missing or photos.failed or photos.remote_skipped:
            lines.append(
                f"photos: {photos.stored:,} stored, {photos.unchanged:,} unchanged, {photos.missing:,} missing, "
                f"{photos.failed:,} refused, {photos.remote_skipped:,} remote ones not fetched"
            )
        lines += [f"skipped {count:,}: {reason}" for reason, count in self.skipped.items()]
        lines += self.notes
        lines += [f"  {text}" for text in self.first_rejects[:5]]
        if self.rejects is not None:
            lines.append(f"rejects: {self.rejects}")
        return lines
