"""Building the index: only what is new is encoded, what is torn is built again, and nobody waits for a swap."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest
from engine_world import (
    CountedTexts,
    ask,
    becomes_true,
    everything,
    fake_models,
    ids,
    lamps,
    open_fake_shop,
)
from PIL import Image

from bowerbird.domain.errors import ArtefactError, DiskFullError, InputError, ModelError
from bowerbird.domain.product import Product
from bowerbird.engine import keep_up, keeper
from bowerbird.engine.assemble import open_shop
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.storage import snapshot


def generations(shop: Path) -> list[str]:
    return sorted(path.name for path in (shop / "index").iterdir() if path.is_dir())


def current(shop: Path) -> Path:
    return shop / "index" / (shop / "index" / "CURRENT").read_text().strip()


def test_importing_twice_changes_nothing_and_encodes_nothing(tiny_shop, tmp_path):
    models = fake_models()
    engine = open_fake_shop(tmp_path / "shop", models)
    first = engine.import_catalogue(tiny_shop)
    assert engine.build().action == "built"
    counted = (models.text.encoded, models.image.encoded)
    assert (first.new, first.photos.stored, counted) == (50, 71, (50, 71))
    last, folder, shown = engine.status()["last_seq"], generations(tmp_path / "shop"), everything(engine)
    again = engine.import_catalogue(tiny_shop)
    assert (again.read, again.unchanged, again.new, again.changed, again.removed) == (50, 50, 0, 0, 0)
    assert (again.photos.stored, again.photos.unchanged) == (0, 71)
    assert engine.build().action == "caught up"
    assert (models.text.encoded, models.image.encoded) == counted
    assert (engine.status()["last_seq"], generations(tmp_path / "shop")) == (last, folder)
    assert everything(engine) == shown
    engine.close()


def test_building_anew_encodes_nothing_that_was_encoded_before(shop):
    models = fake_models()
    engine = open_fake_shop(shop, models)
    before = generations(shop)
    assert engine.build(force=True).action == "built"
    assert generations(shop) != before and len(generations(shop)) == 1
    engine.close()
    assert (models.text.encoded, models.image.encoded) == (0, 0)


def test_one_changed_text_is_one_text_encoded(tiny_shop, shop, tmp_path):
    source = shutil.copytree(tiny_shop.parent, tmp_path / "source") / "products.jsonl"
    source.write_text(source.read_text("utf-8").replace("Cast-Iron Frying Pan", "Cast-Iron Zorple"), "utf-8")
    models = fake_models()
    engine = open_fake_shop(shop, models)
    report = engine.import_catalogue(source)
    engine.build()
    assert (report.changed, report.unchanged) == (1, 49)
    assert (models.text.encoded, models.image.encoded) == (1, 0)
    assert ids(engine, "zorple")[0] == "pan-iron"
    engine.close()


def test_a_photo_that_is_another_under_the_same_name_is_seen_again(tiny_shop, shop, tmp_path):
    source = shutil.copytree(tiny_shop.parent, tmp_path / "source") / "products.jsonl"
    media = source.parent / "media"
    shutil.copy(media / "lamp-teal.jpg", media / "pan-iron.jpg")
    models = fake_models()
    engine = open_fake_shop(shop, models)
    report = engine.import_catalogue(source)
    assert (report.unchanged, report.renewed) == (50, ["pan-iron"])
    engine.build()
    # The same bytes were encoded for the lamp.
    assert models.image.encoded == 0
    assert set(ids(engine, photos=[(media / "lamp-teal.jpg").read_bytes()])[:2]) == {"pan-iron", "lamp-desk"}
    engine.close()


def test_a_full_import_takes_away_what_the_file_no_longer_has(tiny_shop, shop, tmp_path):
    from bowerbird.catalog.flow import ImportOptions

    kept = [line for line in tiny_shop.read_text("utf-8").splitlines() if json.loads(line)["brand"] != "Kestrel"]
    (tmp_path / "some.jsonl").write_text("\n".join(kept), "utf-8")
    engine = open_fake_shop(shop)
    engine.start()
    report = engine.import_catalogue(
        tmp_path / "some.jsonl", ImportOptions(media=tiny_shop.parent / "media", full=True)
    )
    assert report.removed == 50 - len(kept) > 0
    assert becomes_true(lambda: engine.search(ask()).total == len(kept))
    assert engine.search(ask(filters="brand = Kestrel")).total == 0
    engine.close()


PARTS = (
    "",
    "manifest.json",
    "vocabulary.json",
    "terms",
    "terms/meta.json",
    "base-1",
    "base-1/columns.arrays",
    "base-1/manifest.json",
    "../CURRENT",
)


def lose(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def cut_short(path: Path) -> None:
    if path.is_dir():
        for part in path.rglob("*"):
            if part.is_file():
                cut_short(part)
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil(path: Path) -> None:
    files = [part for part in path.rglob("*") if part.is_file()] if path.is_dir() else [path]
    for part in files:
        part.write_bytes(b"\xff\x00not this" * 3)


@pytest.mark.parametrize("harm", [lose, cut_short, spoil])
@pytest.mark.parametrize("name", PARTS)
def test_a_torn_index_heals_as_the_shop_opens(shop, name, harm):
    harm((current(shop) / name).resolve())
    models = fake_models()
    engine = open_fake_shop(shop, models)
    engine.start()
    assert len(everything(engine)) == 50
    assert ids(engine, "running shoes")[0] == "runner-swift"
    assert engine.suggest("runn")
    engine.put(lamps(1, word="Zorple"))
    assert becomes_true(lambda: ids(engine, "zorple")[:1] == ["lamp-0"])
    engine.close()
    # What it is made of was still there.
    assert (models.text.encoded, models.image.encoded) == (1, 0)
    assert len(generations(shop)) == 1


def test_every_vector_file_that_is_torn_heals(shop):
    for number in range(20):
        files = sorted(path for path in (current(shop) / "base-1").iterdir() if path.is_file())
        if number >= len(files):
            break
        cut_short(files[number])
        engine = open_fake_shop(shop)
        assert len(everything(engine)) == 50, files[number].name
        engine.close()


def test_a_torn_delta_heals(shop):
    engine = open_fake_shop(shop)
    engine.start()
    engine.put(lamps(5))
    engine.build()
    engine.close()
    (delta,) = current(shop).glob("delta-*")
    cut_short(delta)
    engine = open_fake_shop(shop)
    assert len(everything(engine)) == 55
    engine.close()


def test_a_guest_says_that_the_index_is_torn_and_leaves_it(shop):
    keeper_engine = open_fake_shop(shop)
    spoil(current(shop) / "manifest.json")
    guest = open_fake_shop(shop)
    with pytest.raises(ArtefactError):
        guest.search(ask("lamp"))
    guest.close()
    assert len(everything(keeper_engine)) == 50
    keeper_engine.close()


def test_what_a_crashed_build_left_behind_is_removed_by_the_next(shop):
    left = shop / "index" / "g000000000001-dead"
    left.mkdir()
    (left / "half").write_bytes(b"x" * 1000)
    engine = open_fake_shop(shop)
    engine.build(force=True)
    assert not left.exists()
    engine.close()


def test_far_behind_it_is_built_anew_rather_than_caught_up(shop, monkeypatch):
    monkeypatch.setattr(keeper, "REBUILD_ABOVE", 20)
    engine = open_fake_shop(shop)
    engine.put(lamps(40))
    before = generations(shop)
    engine.start()
    assert generations(shop) != before
    assert len(everything(engine)) == 90
    engine.close()


def test_a_log_that_no_longer_reaches_back_means_building_anew(shop):
    engine = open_fake_shop(shop)
    engine.put(lamps(10))
    engine.delete([f"lamp-{number}" for number in range(5)])
    engine._stores.products.forget_changes(engine.status()["last_seq"])
    before = generations(shop)
    assert len(everything(engine)) == 55
    assert generations(shop) != before
    engine.close()


class Asking:
    """Threads that search without a pause and keep what went wrong."""

    def __init__(self, engine, queries, threads=2):
        self.engine, self.queries = engine, queries
        self.faults, self.answers = [], 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(threads)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self):
        while not self._stop.is_set():
            for query, right in self.queries:
                try:
                    found = [hit.product.id for hit in self.engine.search(query).hits]
                    if right not in found:
                        self.faults.append((query.wish.text, found))
                except Exception as error:
                    self.faults.append(error)
                self.answers += 1


def test_searches_go_on_while_the_index_is_built_anew(own, photo_of):
    queries = [(ask("running shoes"), "runner-swift"), (ask(photos=[photo_of("lamp-teal")]), "lamp-desk")]
    with Asking(own, queries) as asking:
        for number in range(4):
            own.put(lamps(1, first=number))
            own.build(force=True)
    assert asking.faults == [] and asking.answers > 50
    assert len(everything(own)) == 54


def test_writes_while_the_index_is_built_anew_are_not_lost(own):
    stop = threading.Event()
    written = []

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            own.put(lamps(1, first=number))
            written.append(f"lamp-{number}")
            if number % 5 == 0:
                own.delete([f"lamp-{number - 2}"])
                written.remove(f"lamp-{number - 2}")

    thread = threading.Thread(target=write)
    thread.start()
    for _ in range(3):
        own.build(force=True)
    stop.set()
    thread.join()
    expected = set(written)
    assert becomes_true(lambda: {name for name in everything(own) if name != "lamp-desk"} >= expected)
    assert {name for name in everything(own) if name.startswith("lamp-")} - {"lamp-desk"} == expected


@pytest.fixture
def named_models(monkeypatch):
    """Models by name: ``narrow`` and ``wide`` have other widths and fingerprints, ``broken`` cannot be opened."""
    opened = {}

    def open_models(choice, settings=None, progress=None):
        if choice.text == "broken":
            raise ModelError("its files are torn")
        return opened.setdefault(choice.text, fake_models(*{"wide": (96, 3), "narrow": (32, 5)}.get(choice.text, ())))

    monkeypatch.setattr(keeper, "open_models", open_models)
    monkeypatch.setattr(keeper, "WATCH_SECONDS", 0.05)
    return opened


def test_changing_the_model_encodes_again_and_swaps_without_downtime(named_models, shop, photo_of):
    engine = open_shop(shop, fit=False)
    engine.start()
    old = engine.status()["models"]
    photo = photo_of("runner-blue")
    with Asking(engine, [(ask("running shoes"), "runner-swift"), (ask(photos=[photo]), "runner-swift")]) as asking:
        # Another process chooses; the one that serves builds beside and swaps.
        chooser = open_shop(shop, text_model="wide", fit=False)
        assert chooser.build().action == "left to the process that keeps it"
        chooser.close()
        assert becomes_true(lambda: engine.status()["models"] != old, seconds=20)
    assert asking.faults == [] and asking.answers > 10
    assert engine.status()["models"] == named_models["wide"].fingerprints
    # Every photo, and those that were asked with since.
    assert named_models["wide"].text.encoded == 50 and named_models["wide"].image.encoded >= 71
    assert len(everything(engine)) == 50
    engine.put(lamps(1, word="Zorple"))
    assert becomes_true(lambda: ids(engine, "zorple")[:1] == ["lamp-0"])
    engine.close()
    # The choice stays with the shop, and going back encodes nothing again.
    engine = open_shop(shop, fit=False)
    assert engine.search(ask()).total == 51 and engine.status()["models"] == named_models["wide"].fingerprints
    engine.close()


def test_a_model_that_cannot_be_opened_leaves_the_old_one_in_service(named_models, shop):
    engine = open_shop(shop, fit=False)
    engine.start()
    old = engine.status()["models"]
    chooser = open_shop(shop, text_model="broken", fit=False)
    chooser.build()
    chooser.close()
    with pytest.raises(ModelError):
        engine.build()
    with pytest.raises(ModelError):
        engine.build()
    assert engine.status()["models"] == old
    assert ids(engine, "running shoes")[0] == "runner-swift"
    engine.put(lamps(1, word="Zorple"))
    assert becomes_true(lambda: ids(engine, "zorple")[:1] == ["lamp-0"])
    # A choice that can be had is taken after all.
    chooser = open_shop(shop, text_model="narrow", fit=False)
    chooser.build()
    chooser.close()
    assert becomes_true(lambda: engine.status()["models"] == fake_models(32, 5).fingerprints, seconds=20)
    engine.close()


def test_a_build_that_fails_leaves_the_index_in_service_and_nothing_behind(own, shop, monkeypatch):
    before, shown = generations(shop), everything(own)

    def full(*_):
        raise DiskFullError("no space is left")

    for step in ("swap_in", "encode_all", "build_generation"):
        with monkeypatch.context() as patch:
            patch.setattr(keeper, step, full)
            with pytest.raises(DiskFullError):
                own.build(force=True)
        assert generations(shop) == before
        assert everything(own) == shown
    own.put(lamps(1, word="Zorple"))
    assert becomes_true(lambda: ids(own, "zorple")[:1] == ["lamp-0"])


def test_a_fault_of_the_follower_is_shown_and_mended_by_itself(own, monkeypatch):
    monkeypatch.setattr(keep_up, "RETRY_SECONDS", 0.05)
    apply = type(own._keeper.opened.index).apply
    refuse = threading.Event()
    refuse.set()

    def sometimes(self, *given):
        if refuse.is_set():
            raise DiskFullError("no space is left")
        apply(self, *given)

    monkeypatch.setattr(type(own._keeper.opened.index), "apply", sometimes)
    own.put(lamps(1, word="Zorple"))
    assert becomes_true(lambda: own.status()["fault"] == "no space is left")
    assert len(everything(own)) == 50
    refuse.clear()
    assert becomes_true(lambda: ids(own, "zorple")[:1] == ["lamp-0"])
    assert becomes_true(lambda: own.status()["fault"] is None)


def test_a_shop_whose_index_cannot_be_brought_up_to_date_answers_with_what_it_has(shop, monkeypatch):
    writer = open_fake_shop(shop)
    writer.put(lamps(1, word="Zorple"))
    writer.close()
    monkeypatch.setattr(keep_up, "RETRY_SECONDS", 0.05)
    with monkeypatch.context() as patch:

        def refuse(*_):
            raise DiskFullError("no space is left")

        patch.setattr(EmbeddedIndex, "apply", refuse)
        engine = open_fake_shop(shop)
        assert ids(engine, "running shoes")[0] == "runner-swift"
        assert becomes_true(lambda: engine.status()["fault"] == "no space is left")
        with pytest.raises(DiskFullError):
            engine.build()
    assert becomes_true(lambda: ids(engine, "zorple")[:1] == ["lamp-0"])
    engine.close()


class Stumbling(CountedTexts):
    """An encoder that breaks as no encoder should."""

    def encode(self, texts):
        raise RuntimeError("a fault that nobody thought of")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_follower_that_dies_says_so(own, monkeypatch):
    monkeypatch.setattr(own._keeper.opened.maker.models.text, "encode", Stumbling().encode)
    own.put(lamps(1))
    assert becomes_true(lambda: own.status()["fault"] is not None)
    assert ids(own, "running shoes")[0] == "runner-swift"


def test_a_snapshot_is_a_working_shop_with_the_same_hits(own, tmp_path, photo_of):
    own.put(lamps(3, word="Zorple"))
    own.delete(["pan-iron"])
    own.build()
    report = own.snapshot(tmp_path / "kept")
    assert (report.products, report.photos, report.damaged, report.with_index) == (52, 71, (), True)
    own.put(lamps(1, first=9))
    snapshot.restore(tmp_path / "kept", tmp_path / "again")
    models = fake_models()
    again = open_fake_shop(tmp_path / "again", models)
    photo = photo_of("runner-blue")
    asked = [ask("red leather"), ask("zorple"), ask(photos=[photo]), ask(filters="color = red"), ask("frying pan")]
    own.delete(["lamp-9"])
    own.build()
    for query in asked:
        assert again.search(query).hits == own.search(query).hits
    again.put(lamps(1, first=7, word="Quibble"))
    assert becomes_true(lambda: ids(again, "quibble")[:1] == ["lamp-7"])
    again.close()
    # The lamp's text, and the photo of the query.
    assert (models.text.encoded, models.image.encoded) == (1, 1)


def test_a_snapshot_taken_while_products_are_written_is_whole(own, tmp_path):
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            own.put(lamps(1, first=number))

    thread = threading.Thread(target=write)
    thread.start()
    reports = [own.snapshot(tmp_path / f"kept-{number}") for number in range(3)]
    stop.set()
    thread.join()
    for number, report in enumerate(reports):
        snapshot.restore(tmp_path / f"kept-{number}", tmp_path / f"again-{number}")
        again = open_fake_shop(tmp_path / f"again-{number}")
        shown = everything(again)
        assert len(shown) == report.products
        # What was written in order is there in order: no gap.
        assert {name for name in shown if name.startswith("lamp-")} - {"lamp-desk"} == {
            f"lamp-{one}" for one in range(1, report.products - 50 + 1)
        }
        again.close()


def test_a_torn_snapshot_is_refused_and_the_shop_stays(own, shop, tmp_path):
    own.snapshot(tmp_path / "kept")
    cut_short(tmp_path / "kept" / "shop.db")
    with pytest.raises(ArtefactError, match=r"shop\.db"):
        snapshot.restore(tmp_path / "kept", tmp_path / "again")
    assert not (tmp_path / "again").exists()
    own.close()
    with pytest.raises(ArtefactError):
        snapshot.restore(tmp_path / "kept", shop, force=True)
    engine = open_fake_shop(shop)
    assert len(everything(engine)) == 50
    engine.close()


def test_a_restore_over_a_shop_in_use_is_refused(own, shop, tmp_path):
    own.snapshot(tmp_path / "kept")
    with pytest.raises(InputError):
        snapshot.restore(tmp_path / "kept", shop)
    from bowerbird.domain.errors import StorageError

    with pytest.raises(StorageError, match="in use"):
        snapshot.restore(tmp_path / "kept", shop, force=True)
    assert len(everything(own)) == 50


def test_maps_are_fitted_on_the_shop_and_stay_with_it(shop, photo_of):
    models = fake_models()
    engine = open_fake_shop(shop, models, fit=True)
    report = engine.build()
    assert (report.action, "71 photos" in report.fitted) == ("built", True)
    maps = engine.status()["maps"]
    assert engine.build().action == "caught up"
    hits = ids(engine, "red leather")
    assert ids(engine, photos=[photo_of("runner-blue")])[0] == "runner-swift"
    engine.put([Product("zorp", "Zorple lantern")])
    assert becomes_true(lambda: ids(engine, "zorple")[:1] == ["zorp"])
    engine.delete(["zorp"])
    engine.close()
    again = fake_models()
    engine = open_fake_shop(shop, again)
    assert ids(engine, "red leather") == hits
    assert engine.status()["maps"] == maps
    engine.close()
    assert (again.text.encoded, again.image.encoded) == (0, 0)


@pytest.mark.parametrize("harm", [lose, cut_short, spoil])
def test_torn_maps_heal_as_the_shop_opens(shop, harm):
    engine = open_fake_shop(shop, fit=True)
    engine.build()
    engine.close()
    for place in [path for path in (shop / "alignment").iterdir() if path.is_dir()]:
        harm(place)
    engine = open_fake_shop(shop, fit=True)
    engine.start()
    assert len(everything(engine)) == 50
    assert ids(engine, "running shoes")[0] == "runner-swift"
    engine.close()


def test_a_progress_line_is_given_for_every_stage(shop):
    seen = []
    engine = open_fake_shop(shop)
    engine.build(lambda stage, done, total: seen.append((stage, done, total)), force=True)
    engine.close()
    stages = {stage for stage, _, _ in seen}
    assert {"encoding", "indexing documents", "indexing terms"} <= stages
    assert all(total is None or done <= total for _, done, total in seen), seen


def test_a_picture_that_cannot_be_seen_keeps_its_product_findable(tmp_path):
    media = tmp_path / "source" / "media"
    media.mkdir(parents=True)
    Image.new("RGB", (64, 64), (196, 34, 42)).save(media / "good.jpg")
    (media / "bad.jpg").write_bytes((media / "good.jpg").read_bytes()[:200])
    records = [{"id": name, "title": f"{name} zorple", "images": [f"{name}.jpg"]} for name in ("good", "bad", "none")]
    source = tmp_path / "source" / "products.jsonl"
    source.write_text("\n".join(json.dumps(record) for record in records))
    engine = open_fake_shop(tmp_path / "shop")
    report = engine.import_catalogue(source)
    assert (report.accepted, report.photos.stored, report.photos.failed, report.photos.missing) == (3, 1, 1, 1)
    engine.build()
    assert set(ids(engine, "zorple")) == {"good", "bad", "none"}
    images = {hit.product.id: hit.image for hit in engine.search(ask("zorple")).hits}
    assert images["good"] is not None and images["bad"] is None and images["none"] is None
    engine.close()
