"""The photos of imported products: found in the media folder or fetched, decoded once to prove them, and kept.

A photo that is missing, broken, huge or not what it claims is reported with its product, which is imported anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bowerbird.catalog.fetch import FetchCache, Fetched, FetchPolicy, fetch
from bowerbird.domain.errors import InputError, PhotoError
from bowerbird.domain.product import Product
from bowerbird.storage.files import content_hash
from bowerbird.storage.photo_decoding import DEFAULT_LIMITS, PhotoLimits, decode_photo, read_header
from bowerbird.storage.photos import NewPhoto, PhotoInfo, StoredPhoto

_SMALL = 64
_BATCH = 32


class PhotoKeeper(Protocol):
    """What an import asks of the place where photos are kept."""

    def put_many(self, batch: Sequence[NewPhoto]) -> list[StoredPhoto]:
        """Keep photos by content."""
        ...

    def by_ref(self, refs: Iterable[str]) -> dict[str, StoredPhoto]:
        """The photos known under these names."""
        ...


@dataclass(slots=True)
class PhotoReport:
    """What came of the photos; ``refused`` are (ref, product id, reason), at most the first thousand."""

    stored: int = 0
    unchanged: int = 0
    missing: int = 0
    failed: int = 0
    remote_skipped: int = 0
    refused: list[tuple[str, str, str]] = field(default_factory=list)

    def refuse(self, ref: str, product_id: str, reason: str) -> None:
        """Note a photo that could not be had."""
        if len(self.refused) < 1_000:
            self.refused.append((ref, product_id, reason))


@dataclass(frozen=True, slots=True)
class PhotoSources:
    """Where photos come from; ``policy`` None leaves addresses alone, ``refresh`` asks again for known ones."""

    media: Path | None
    policy: FetchPolicy | None = None
    cache: FetchCache | None = None
    refresh: bool = False
    limits: PhotoLimits = DEFAULT_LIMITS
    workers: int = 2


class PhotoImport:
    """Takes in the photos of products, batch by batch."""

    def __init__(self, keeper: PhotoKeeper, sources: PhotoSources) -> None:
        self.keeper = keeper
        self.sources = sources
        self.report = PhotoReport()
        self.roots = _roots(sources.media)

    def take(self, products: Sequence[Product]) -> set[str]:
        """Keep the photos of products that are new or changed; the ids of the products they belong to."""
        owners: dict[str, list[str]] = {}
        for product in products:
            for ref, _ in product.photos():
                owners.setdefault(ref, []).append(product.id)
        local = [ref for ref in owners if not is_address(ref)]
        remote = [ref for ref in owners if is_address(ref)]
        renewed = self._take(local, owners, self.sources.workers, self._read_local)
        if self.sources.policy is None:
            known = self.keeper.by_ref(remote)
            # One that was fetched by an earlier import is still there: it is not skipped but unchanged.
            self.report.unchanged += sum(photo.hash is not None for photo in known.values())
            self.report.remote_skipped += sum(ref not in known or known[ref].hash is None for ref in remote)
            return renewed
        return renewed | self._take(remote, owners, self.sources.policy.parallel, self._read_remote)

    def _take(self, refs: list[str], owners: dict[str, list[str]], workers: int, read: _ReadPhoto) -> set[str]:
        renewed: set[str] = set()
        known = self.keeper.by_ref(refs)
        with ThreadPoolExecutor(max(1, workers), thread_name_prefix="photos") as pool:
            for start in range(0, len(refs), _BATCH):
                batch = refs[start : start + _BATCH]
                fresh: list[NewPhoto] = []
                for ref, found in zip(batch, pool.map(lambda ref: read(ref, known.get(ref)), batch), strict=True):
                    if isinstance(found, NewPhoto):
                        fresh.append(found)
                        renewed.update(owners[ref])
                    elif found is None:
                        self.report.unchanged += 1
                    else:
                        self._count_fault(ref, owners[ref][0], found)
                if fresh:
                    self.keeper.put_many(fresh)
                    self.report.stored += len(fresh)
        return renewed

    def _count_fault(self, ref: str, product_id: str, error: InputError) -> None:
        if error.code == _Missing.code:
            self.report.missing += 1
        else:
            self.report.failed += 1
        self.report.refuse(ref, product_id, str(error))

    def _read_local(self, ref: str, known: StoredPhoto | None) -> NewPhoto | InputError | None:
        try:
            path = find_local(ref, self.roots)
            if path.stat().st_size > self.sources.limits.max_bytes:
                raise PhotoError(
                    "the photo is too large", found=f"{path.stat().st_size:,} bytes",
                    expected=f"at most {self.sources.limits.max_bytes:,}",
                )  # fmt: skip
            return self._prove(ref, path.read_bytes(), known)
        except InputError as error:
            return error
        except OSError as error:
            return PhotoError(f"the photo cannot be read ({error.strerror})", found=ref)

    def _read_remote(self, ref: str, known: StoredPhoto | None) -> NewPhoto | InputError | None:
        policy, cache = self.sources.policy, self.sources.cache
        have = known is not None and known.hash is not None
        if policy is None or (have and not self.sources.refresh):
            return None
        before = cache.get(ref) if cache is not None and have else None
        try:
            answer: Fetched = fetch(ref, policy, before)
            found = None if answer.data is None else self._prove(ref, answer.data, known)
        except InputError as error:
            return error
        if cache is not None:
            cache.put(ref, answer)
        return found

    def _prove(self, ref: str, data: bytes, known: StoredPhoto | None) -> NewPhoto | None:
        if known is not None and known.hash is not None and known.hash == content_hash(data):
            return None
        header = read_header(data, self.sources.limits)
        decode_photo(data, self.sources.limits, target_side=_SMALL)
        return NewPhoto(ref, data, PhotoInfo(header.width, header.height, header.format.upper()))


class _ReadPhoto(Protocol):
    def __call__(self, ref: str, known: StoredPhoto | None, /) -> NewPhoto | InputError | None: ...


class _Missing(PhotoError):
    """A path under which the media folder has no file."""

    code = "photo_missing"


def is_address(ref: str) -> bool:
    """Whether a photo's name is a remote address rather than a path."""
    return ref[:8].lower().startswith(("http://", "https://"))


def find_local(ref: str, roots: Sequence[Path]) -> Path:
    """The file of a photo's path below one of ``roots``, which are resolved; raises PhotoError.

    Absolute paths are read as below the root, as platforms write them; what leads outside it, also by a symbolic
    link, is refused.
    """
    name = ref.replace("\\", "/").lstrip("/")
    if not roots:
        raise _Missing("no media folder is known", found=ref, expected="the option media")
    if not name or "\x00" in name or len(name) > 1_000 or ".." in name.split("/"):
        raise PhotoError("the path leads outside the media folder", found=ref, expected="a path inside it")
    for root in roots:
        try:
            path = (root / name).resolve(strict=True)
        except (OSError, RuntimeError):
            continue
        if not path.is_relative_to(root):
            raise PhotoError("the path leads outside the media folder", found=ref, expected="a path inside it")
        if path.is_file():
            return path
    raise _Missing("there is no such file in the media folder", found=ref, expected=f"a file in {roots[0]}")


def _roots(media: Path | None) -> list[Path]:
    """The folders below which paths are looked for: the media folder, and where Magento keeps products in it."""
    if media is None or not media.is_dir():
        return []
    root = media.resolve()
    return [root, *(place for name in ("catalog/product",) if (place := root / name).is_dir())]
