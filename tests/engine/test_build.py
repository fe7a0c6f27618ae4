"""Building the index: only what is new is encoded, and every stage tells how far it is."""

from __future__ import annotations

import json
import shutil

from engine_world import (
    ask,
    becomes_true,
    everything,
    fake_models,
    generations,
    ids,
    open_fake_shop,
)
from PIL import Image

from bowerbird.domain.product import Product


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
