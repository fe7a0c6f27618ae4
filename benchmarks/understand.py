"""How well queries are understood, on files that nothing was tuned on, and how long it takes.

    bowerbird demo --no-serve --folder .demo
    python benchmarks/understand.py [--shop .demo/shop] [--magento DIR] [--split test] [--show]

Entities: the F1 over ``understand_entities.jsonl``. One counts as right when its type, its negation and its stretch
(overlapping the one that was marked by hand) are right, and for prices, quantities and ratings every number and unit.
Spelling: typed queries of ``understand_typos.tsv`` repaired word for word, and good queries of ``understand_good.tsv``
left alone. Intent: ``intent_test.tsv``. Time: every query of the entity file, three times over, one thread, everything
from the words to the wordings. Nasty: queries that nobody should send, none of which may raise or take 50 ms.
``--split dev`` is what was looked at while building; the figures are those of ``test``. Without ``--magento`` a shop is
made of ../shared/data/magento-store for the typed queries of that shop.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from graded import MAGENTO
from shops import machine

from bowerbird.domain.understanding import Bounds, Entity, Level, Understanding
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.engine import Engine

HERE = Path(__file__).parent
ROUNDS = 3
NASTY = {
    "empty": "",
    "blanks": " \t\n　 ",
    "emoji only": "👗👠🎒" * 20,
    "10,000 letters": "a" * 10_000,
    "10,000 characters": "红色连衣裙" * 2_000,
    "10,000 figures": "1 " * 5_000,
    "SQL": "'; DROP TABLE products; -- OR 1=1 UNION SELECT * FROM keys",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>" * 20,
    "control characters": "".join(map(chr, range(32))) * 30,
    "right to left": "\u202eseohs gninnur\u202c حذاء أحمر نعال רץ" * 20,
    "combining marks": "Z\u0351\u0344\u0300a\u0359\u0310l\u030ego" * 200,
    "brackets": "((((" * 1_000 + "))))" * 1_000,
    "numbers": "99999999999999999999999999999999 " * 200 + "1e999 nan inf -0",
    "negations": "not no without 不要 没有 " * 200,
    "prices": "under $5 over 10 between 20 and 30 两三百 " * 200,
    "a description": "Soft washed cotton jacket with a hood, two pockets and a zip. Machine washable at 30 degrees. "
    * 60,
}


@dataclass
class Tally:
    """What was found, what was right, and what there was to find."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    by_type: dict[str, list[int]] = field(default_factory=dict)

    def f1(self) -> tuple[float, float, float]:
        """Precision, recall and their harmonic mean."""
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.wanted)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

    def count(self, type_: str, place: int) -> None:
        """Add one to a type's right, found or wanted."""
        self.by_type.setdefault(type_, [0, 0, 0])[place] += 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shop", type=Path, default=Path(".demo/shop"), help="the invented shop")
    parser.add_argument("--magento", type=Path, help="a shop made of ../shared/data/magento-store")
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    given = parser.parse_args()
    print(machine())
    with opened(given.shop) as demo, magento_shop(given.magento) as magento:
        report_entities(demo, given.split, given.show)
        report_spelling({"demo": demo, "magento": magento}, given.split, given.show)
        if given.split == "test":
            report_intent(demo, given.show)
        report_time(demo)
        report_nasty(demo)


@contextmanager
def opened(folder: Path) -> Iterator[Engine]:
    """An open shop, ready for its first query."""
    engine = open_shop(folder)
    try:
        engine.start()
        yield engine
    finally:
        engine.close()


@contextmanager
def magento_shop(folder: Path | None) -> Iterator[Engine]:
    """The clothing shop, made where none is given."""
    if folder is not None:
        with opened(folder) as engine:
            yield engine
        return
    with tempfile.TemporaryDirectory() as scratch:
        with opened(Path(scratch) / "shop") as engine:
            engine.import_catalogue(MAGENTO)
            engine.build(force=True)
            yield engine


def report_entities(engine: Engine, split: str, show: bool) -> None:
    """F1 over all, by language and by type."""
    tallies = {name: Tally() for name in ("all", "en", "zh", "mixed")}
    for line in (HERE / "understand_entities.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["split"] != split:
            continue
        extra, missed = compare(engine.understand(case["q"]), case, [tallies["all"], tallies[case["lang"]]])
        if show and (extra or missed):
            print(f"  {case['q']}\n    not asked: {[(e.type.value, e.text) for e in extra]}")
            print(f"    missed: {[(e['type'], e['text'], e['value']) for e in missed]}")
    print(f"\nentities ({split}): precision, recall, F1")
    for name, tally in tallies.items():
        precision, recall, f1 = tally.f1()
        print(f"  {name:6} {precision:.3f} {recall:.3f} {f1:.3f}  ({tally.wanted} entities)")
    for type_, (right, found, wanted) in sorted(tallies["all"].by_type.items()):
        print(f"    {type_:10} right {right}, found {found}, marked {wanted}")


def compare(
    found: Understanding, case: dict[str, Any], tallies: Sequence[Tally]
) -> tuple[list[Entity], list[dict[str, Any]]]:
    """Count what is right; what was found and not marked, and what was marked and not found."""
    left = placed(case["q"], case["entities"])
    extra: list[Entity] = []
    for entity in found.entities:
        match = next((wanted for wanted in left if is_same(entity, wanted)), None)
        if match is None:
            extra.append(entity)
        else:
            left.remove(match)
        for tally in tallies:
            tally.found += 1
            tally.right += match is not None
            tally.count(entity.type.value, 1)
            if match is not None:
                tally.count(entity.type.value, 0)
    for tally in tallies:
        tally.wanted += len(case["entities"])
        for wanted in case["entities"]:
            tally.count(wanted["type"], 2)
    return extra, left


def placed(q: str, entities: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The marked entities with their offsets; they stand in order."""
    at, found = 0, []
    for entity in entities:
        start = q.index(entity["text"], at)
        at = start + len(entity["text"])
        found.append({**entity, "start": start, "end": at})
    return found


def is_same(entity: Entity, wanted: dict[str, Any]) -> bool:
    """Whether an entity is the one that was marked."""
    if entity.type.value != wanted["type"] or entity.negated != wanted["negated"]:
        return False
    if not (entity.start < wanted["end"] and wanted["start"] < entity.end):
        return False
    value, meant = entity.value, wanted["value"]
    if isinstance(value, Level):
        return isinstance(meant, dict) and meant.get("level") == value.value
    if not isinstance(value, Bounds):
        return not isinstance(meant, dict)
    if not isinstance(meant, dict):
        return False
    unit = meant.get("unit")
    same_unit = unit is None or unit.casefold() == (value.unit or "").casefold()
    return same_number(value.low, meant.get("min")) and same_number(value.high, meant.get("max")) and same_unit


def same_number(found: float | None, meant: float | None) -> bool:
    """Whether two ends are the same, both open or both the same number."""
    return (found is None) == (meant is None) and (found is None or abs(found - float(meant or 0)) < 1e-6)


def report_spelling(shops: dict[str, Engine], split: str, show: bool) -> None:
    """Typed queries repaired, good ones harmed."""
    repaired = total = 0
    for part, shop, typed, meant in rows("understand_typos.tsv"):
        if part == split:
            found = shops[shop].understand(typed).corrected or typed
            repaired, total = repaired + (found == meant), total + 1
            if show and found != meant:
                print(f"  {shop}: {typed!r} was meant to be {meant!r}, not {found!r}")
    print(f"\nspelling ({split}): {repaired} of {total} repaired ({repaired / total:.3f})")
    for name, engine in shops.items():
        good = [text for part, text in rows("understand_good.tsv") if part == split]
        harmed = [(text, found) for text in good if (found := engine.understand(text).corrected)]
        print(f"  good queries harmed in {name}: {len(harmed)} of {len(good)} ({len(harmed) / len(good):.4f})")
        for text, found in harmed if show else ():
            print(f"    {text!r} became {found!r}")


def report_intent(engine: Engine, show: bool) -> None:
    """Accuracy by language, and what is taken for what."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for language, intent, text in rows("intent_test.tsv"):
        found = engine.understand(text).intent.name
        total.update((language, "all"))
        right.update((language, "all") if found == intent else ())
        if found != intent:
            confused[intent, found] += 1
            if show:
                print(f"  {text!r} is {intent}, not {found}")
    shares = ", ".join(f"{name} {right[name] / total[name]:.3f}" for name in ("all", "en", "zh"))
    print(f"\nintent: accuracy {shares} of {total['all']} utterances")
    print("  " + ", ".join(f"{meant} as {found} {count}" for (meant, found), count in confused.most_common(8)))


def report_time(engine: Engine) -> None:
    """Percentiles over every query of the entity file, and where the time goes."""
    lines = (HERE / "understand_entities.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line)["q"] for line in lines]
    took: list[float] = []
    steps: Counter[str] = Counter()
    for _ in range(ROUNDS):
        for q in queries:
            started = time.perf_counter()
            found = engine.understand(q)
            took.append(1000 * (time.perf_counter() - started))
            steps.update(found.timings_ms)
    p50, p95, p99 = np.percentile(took, (50, 95, 99))
    print(f"\ntime: p50 {p50:.2f} ms, p95 {p95:.2f}, p99 {p99:.2f}, slowest {max(took):.1f} of {len(took)} queries")
    print("  " + ", ".join(f"{name} {total / len(took):.2f}" for name, total in steps.most_common()) + " ms on average")


def report_nasty(engine: Engine) -> None:
    """The time of each."""
    print("\nnasty: each read three times, the slowest")
    for name, q in NASTY.items():
        took = 0.0
        for _ in range(ROUNDS):
            started = time.perf_counter()
            engine.understand(q)
            took = max(took, 1000 * (time.perf_counter() - started))
        print(f"  {name:20} {took:6.2f} ms{'  TOO SLOW' if took > 50 else ''}")


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table beside this file, without its header."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines()[1:]:
        yield line.split("\t")


if __name__ == "__main__":
    main()
