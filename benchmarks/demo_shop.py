"""How well the invented shop is searched, judged by its truth file.

    bowerbird demo --no-serve --folder .demo
    python benchmarks/demo_shop.py .demo [--held-out] [--synonyms] [--text-only] [--seed 1]

Texts: 100 queries of kind + colour + pattern or material, half English and half Chinese, drawn among combinations that
the shop has. A product is right when it is of the kind, the colour is among its colours, and pattern or material fit.
Most combinations have fewer than ten products, so precision at ten is counted over the first min(10, right products)
places, which is strict: one wrong product before a single right one makes it 0. Beside it stands the share of the right
products that the top ten hold. With ``--synonyms`` the kind is called what the shop does not call it: a rucksack.
Photos: 200 second views, mirrored and cropped to 70-85 % of each side. With ``--held-out`` the shop is made again from
first views alone, so that no photo in it is the one asked with.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from shops import machine

from bowerbird.catalog.flow import ImportOptions
from bowerbird.demo.catalogue import MEDIA, PRODUCTS
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.look import COLOURS
from bowerbird.demo.truth import Truth, matching, read_truth
from bowerbird.demo.words import material_words, pattern_words
from bowerbird.domain.query import PhotoInput, Query, Wish
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.engine import Engine
from bowerbird.learn.augment import crop, mirror

DEPTH = 10
WORST = 12
ENGLISH = ("{colour} {what} {kind}", "{what} {kind} {colour}", "{kind} {colour} {what}", "{what} {kind} in {colour}")
CHINESE = ("{colour}{what}{kind}", "{kind} {colour} {what}", "{colour}的{what}{kind}", "{what}{kind} {colour}")
PARTS_OF_MATERIALS = ("-strap", "-back", "-trimmed", "-wrapped", "-frame")


@dataclass(frozen=True, slots=True)
class TextQuery:
    """A text and the ids of the products that are right."""

    text: str
    language: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """What a text query found: the share of its first places that right products took, and the titles of the others."""

    query: TextQuery
    precision: float
    found: float
    """The share of the right products, of at most ten, that are in the top ten."""
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotoAnswer:
    """What a photo found: whether its product came first, and what share of the other hits is of its kind."""

    product: str
    file: str
    first: bool
    same_kind: float
    found: tuple[str, ...]


def text_queries(truths: Sequence[Truth], count: int, seed: int, synonyms: bool = False) -> list[TextQuery]:
    """Half English and half Chinese, no combination twice; as many of patterns as of materials, where there are."""
    rng = random.Random(seed)
    combinations: dict[str, set[tuple[str, str, str]]] = {"pattern": set(), "material": set()}
    for truth in truths:
        kind = KINDS[truth.kind]
        if not kind.names_colour:
            continue
        for colour in truth.colours:
            if truth.pattern != "plain":
                combinations["pattern"].add((truth.kind, colour, truth.pattern))
            if kind.names_material and truth.material != colour:
                combinations["material"].add((truth.kind, colour, truth.material))
    drawn = [
        (field, combination)
        for field, found in combinations.items()
        for combination in rng.sample(sorted(found), min(count // 2, len(found)))
    ]
    rng.shuffle(drawn)
    queries = []
    for at, (field, (kind_id, colour, value)) in enumerate(drawn):
        language = "en" if at % 2 == 0 else "zh"
        right = frozenset(
            truth.id
            for truth in (
                matching(truths, kind=kind_id, colour=colour, pattern=value)
                if field == "pattern"
                else matching(truths, kind=kind_id, colour=colour, material=value)
            )
        )
        names = KINDS[kind_id].called(language)
        called = rng.choice(names[1:] or names) if synonyms else names[0]
        queries.append(TextQuery(worded(language, called, kind_id, colour, (field, value), rng), language, right))
    return queries


def worded(language: str, called: str, kind_id: str, colour: str, feature: tuple[str, str], rng: random.Random) -> str:
    """A query as somebody types it; ``feature`` is "pattern" or "material" and which."""
    field, value = feature
    english, chinese = pattern_words(value) if field == "pattern" else material_words(kind_id, value)
    if language == "zh":
        return rng.choice(CHINESE).format(colour=COLOURS[colour].chinese, what=chinese, kind=called)
    for part in PARTS_OF_MATERIALS:
        english = english.removesuffix(part)
    return rng.choice(ENGLISH).format(colour=colour, what=english.replace("-", " "), kind=called)


def ask_texts(engine: Engine, queries: Iterable[TextQuery]) -> list[TextAnswer]:
    """Every query through the engine."""
    answers = []
    for query in queries:
        hits = engine.search(Query(Wish(query.text), per_page=DEPTH)).hits
        places = min(DEPTH, len(query.right))
        right = [hit.product.id in query.right for hit in hits]
        wrong = tuple(hit.product.title for hit in hits[:places] if hit.product.id not in query.right)
        answers.append(TextAnswer(query, sum(right[:places]) / places, sum(right) / places, wrong))
    return answers


def ask_photos(engine: Engine, catalogue: Path, truths: Sequence[Truth], count: int, seed: int) -> list[PhotoAnswer]:
    """Second views, mirrored and cropped."""
    rng = random.Random(seed)
    kinds = {truth.id: truth.kind for truth in truths}
    second = [(truth, file) for truth in truths for file, photo in truth.photos.items() if photo.view == 1]
    answers = []
    for truth, file in rng.sample(second, min(count, len(second))):
        data = damaged(catalogue / MEDIA / file, rng)
        hits = engine.search(Query(Wish(photos=(PhotoInput(data),)), per_page=DEPTH)).hits
        ids = [hit.product.id for hit in hits]
        others = [kinds[found] == truth.kind for found in ids if found != truth.id]
        share = sum(others) / len(others) if others else 0.0
        answers.append(PhotoAnswer(truth.id, file, ids[:1] == [truth.id], share, tuple(ids)))
    return answers


def damaged(path: Path, rng: random.Random) -> bytes:
    """A picture as a shopper may send it: mirrored, and cropped to 70-85 % of each side, somewhere."""
    packed = io.BytesIO()
    with Image.open(path) as photo:
        cropped = crop(mirror(photo.convert("RGB")), rng.uniform(0.7, 0.85), rng.random(), rng.random())
        cropped.save(packed, "JPEG", quality=85)
    return packed.getvalue()


def first_views_alone(catalogue: Path, folder: Path) -> Engine:
    """A shop of the same catalogue whose products have no second view."""
    source = folder / PRODUCTS
    with (catalogue / PRODUCTS).open("rb") as lines, source.open("w", encoding="utf-8") as written:
        for line in lines:
            record = json.loads(line)
            for owner in (record, *record.get("variants", [])):
                owner["images"] = [image for image in owner.get("images", []) if not image.endswith("-1.jpg")]
            written.write(json.dumps(record, ensure_ascii=False) + "\n")
    engine = open_shop(folder / "shop")
    engine.import_catalogue(source, ImportOptions(format="jsonl", media=catalogue / MEDIA))
    print(engine.build(), flush=True)
    return engine


def show_texts(answers: Sequence[TextAnswer]) -> None:
    """The table of the text queries, and the worst of them."""
    fewer = sum(len(answer.query.right) < DEPTH for answer in answers)
    print(f"\n{len(answers)} text queries; {fewer} of them have fewer than {DEPTH} right products "
          f"(on average {mean(len(answer.query.right) for answer in answers):.1f})")  # fmt: skip
    for name, chosen in (("English", "en"), ("Chinese", "zh")):
        show_share(name, [answer for answer in answers if answer.query.language == chosen])
    show_share("all", answers)
    for answer in sorted(answers, key=lambda answer: answer.precision)[:WORST]:
        if answer.precision < 1:
            print(f"    {answer.precision:.2f}  {answer.query.text!r}: {len(answer.query.right)} right; "
                  f"instead: {'; '.join(answer.wrong[:3])}")  # fmt: skip


def show_share(name: str, answers: Sequence[TextAnswer]) -> None:
    """One line of the table."""
    precision, found = mean(answer.precision for answer in answers), mean(answer.found for answer in answers)
    print(f"  {name:8} precision@{DEPTH} {precision:.3f}   right products in the top {DEPTH} {found:.3f}")


def show_photos(answers: Sequence[PhotoAnswer], title: str) -> None:
    """The table of the photo queries, and the worst of them."""
    print(f"\n{len(answers)} photo queries, {title}")
    print(f"  same product first:                     {mean(answer.first for answer in answers):.3f}")
    print(f"  another of its kind in the top {DEPTH}:      {mean(answer.same_kind > 0 for answer in answers):.3f}")
    print(f"  share of the other hits of its kind:    {mean(answer.same_kind for answer in answers):.3f}")
    missed = Counter(answer.product.rpartition("-")[0] for answer in answers if not answer.first)
    if missed:
        print("  not first, by kind:", ", ".join(f"{kind} {count}" for kind, count in missed.most_common(WORST)))
    for answer in sorted(answers, key=lambda answer: (answer.first, answer.same_kind))[:WORST]:
        print(f"    {'first' if answer.first else 'missed'} {answer.same_kind:.2f}  {answer.file}: "
              f"{', '.join(answer.found[:5])}")  # fmt: skip


def mean(values: Iterable[float]) -> float:
    """The mean; NaN of nothing."""
    every = list(values)
    return sum(every) / len(every) if every else float("nan")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where 'bowerbird demo' made the shop")
    parser.add_argument("--held-out", action="store_true", help="ask with photos that the shop does not have")
    parser.add_argument("--synonyms", action="store_true", help="call kinds what the shop does not call them")
    parser.add_argument("--text-only", action="store_true", help="no photo queries")
    parser.add_argument("--texts", type=int, default=100)
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    catalogue = options.folder / "catalogue"
    truths = list(read_truth(catalogue))
    print(f"{len(truths):,} products, {machine()}")
    with tempfile.TemporaryDirectory() as scratch:
        engine = first_views_alone(catalogue, Path(scratch)) if options.held_out else open_shop(options.folder / "shop")
        try:
            show_texts(ask_texts(engine, text_queries(truths, options.texts, options.seed, options.synonyms)))
            if not options.text_only:
                title = "held out of the shop" if options.held_out else "of photos that the shop has"
                show_photos(ask_photos(engine, catalogue, truths, options.photos, options.seed), title)
        finally:
            engine.close()


if __name__ == "__main__":
    main()
