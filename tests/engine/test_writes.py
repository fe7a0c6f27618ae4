"""Live writes: durable on return, and found or gone within a second."""

from __future__ import annotations

from decimal import Decimal

import pytest
from engine_world import ask, becomes_true, everything, fake_models, ids, lamps, open_fake_shop

from bowerbird.domain.errors import InputError, ModelError, NotFoundError, StorageError
from bowerbird.domain.merge_patch import merge_patch
from bowerbird.domain.product import Availability, Product, Variant
from bowerbird.storage.products import Put


def test_a_new_product_is_found_by_words_and_filters_within_a_second(own):
    (outcome,) = own.put([Product("zorp", "Zorple lantern", brand="Zed", attributes={"glow": "bright"})])
    assert outcome.result is Put.NEW
    assert becomes_true(lambda: ids(own, "zorple")[:1] == ["zorp"])
    assert ids(own, filters="brand = Zed AND glow = bright") == ["zorp"]


def test_a_new_product_with_a_photo_of_the_shop_is_found_by_it_within_a_second(own, photo_of):
    own.put([Product("lamp-2", "Another lamp", images=("lamp-teal.jpg",))])
    photo = photo_of("lamp-teal")
    assert becomes_true(lambda: set(ids(own, photos=[photo])[:2]) == {"lamp-desk", "lamp-2"})


def test_a_changed_product_is_found_as_it_is_and_no_more_as_it_was_within_a_second(own):
    own.put([Product("pan-iron", "Zorple skillet", price=Decimal(5))])
    assert becomes_true(lambda: ids(own, "zorple") == ["pan-iron"])
    assert "pan-iron" not in ids(own, "cast iron frying pan")
    assert ids(own, filters="price = 5") == ["pan-iron"]
    assert len(everything(own)) == 50


def test_a_deleted_product_is_gone_from_hits_totals_and_facets_within_a_second(own):
    assert own.delete(["pan-iron", "no-such"]) == [True, False]
    assert becomes_true(lambda: own.search(ask()).total == 49)
    assert "pan-iron" not in everything(own)
    assert own.search(ask(filters='material = "cast iron" OR id = pan-iron')).total == 0


def test_a_product_that_is_deleted_and_written_again_is_found_once(own):
    product = own.product("pan-iron")
    for _ in range(3):
        own.delete(["pan-iron"])
        own.put([product])
    assert becomes_true(lambda: own.status()["applied"] == own.status()["last_seq"])
    assert ids(own, filters="id = pan-iron") == ["pan-iron"]
    assert ids(own, "frying pan")[0] == "pan-iron"


def test_what_is_written_unchanged_encodes_and_moves_nothing(shop):
    models = fake_models()
    engine = open_fake_shop(shop, models)
    engine.start()
    before = engine.status()["last_seq"]
    assert {
        outcome.result for outcome in engine.put([engine.product("pan-iron"), engine.product("mug-stoneware")])
    } == {Put.UNCHANGED}
    assert engine.status()["last_seq"] == before
    engine.close()
    assert (models.text.encoded, models.image.encoded) == (0, 0)


def test_a_price_alone_encodes_nothing(shop):
    models = fake_models()
    engine = open_fake_shop(shop, models)
    engine.start()
    engine.patch("runner-swift", {"price": 7})
    assert becomes_true(lambda: engine.status()["applied"] == engine.status()["last_seq"])
    engine.close()
    assert (models.text.encoded, models.image.encoded) == (0, 0)


def test_a_merge_patch_changes_what_it_names_and_nothing_else(own):
    before = own.product("handbag-structured")
    patched = own.patch("handbag-structured", {"price": 99.5, "attributes": {"audience": None, "lining": "silk"}})
    assert patched == own.product("handbag-structured")
    assert patched.price == Decimal("99.5")
    assert dict(patched.attributes) == {"material": "leather", "lining": "silk"}
    assert (patched.title, patched.images, patched.variants) == (before.title, before.images, before.variants)
    assert becomes_true(lambda: own.status()["applied"] == own.status()["last_seq"])
    assert ids(own, filters="lining = silk") == ["handbag-structured"]
    assert "handbag-structured" not in ids(own, filters="audience = women")


def test_a_patch_that_changes_nothing_changes_nothing(own):
    before = own.status()["last_seq"]
    assert own.patch("pan-iron", {}) == own.product("pan-iron")
    assert own.status()["last_seq"] == before


@pytest.mark.parametrize("record", [{"id": "other"}, {"title": None}, {"price": "much"}, {"variants": [{}]}])
def test_a_patch_that_leaves_no_product_is_refused_and_changes_nothing(own, record):
    before = own.product("pan-iron")
    with pytest.raises(InputError):
        own.patch("pan-iron", record)
    assert own.product("pan-iron") == before


def test_a_patch_of_nothing_is_not_found(own):
    with pytest.raises(NotFoundError):
        own.patch("no-such", {"price": 1})


def test_merge_patches_follow_the_examples_of_the_standard():
    # RFC 7396, appendix A, those whose target is an object.
    for target, patch, result in [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ]:
        assert merge_patch(target, patch) == result


def test_variants_written_live_are_filtered_and_chosen(own):
    variants = tuple(
        Variant(f"zorp-{colour}-{size}", attributes={"color": colour, "size": size}, availability=stock)
        for colour, size, stock in [
            ("mauve", "S", Availability.IN_STOCK),
            ("mauve", "M", Availability.OUT_OF_STOCK),
            ("teal", "M", Availability.IN_STOCK),
        ]
    )
    own.put([Product("zorp", "Zorple coat", variants=variants)])
    assert becomes_true(lambda: ids(own, "zorple")[:1] == ["zorp"])
    assert ids(own, filters="color = mauve AND size = M AND in_stock = true") == []
    assert ids(own, filters="color = mauve") == ["zorp"]
    (hit,) = own.search(ask("zorple", filters="size = M AND in_stock = true", per_page=1)).hits
    assert hit.product.variants[hit.variant].id == "zorp-teal-M"


def test_many_writes_in_a_row_all_arrive(own):
    for number in range(60):
        own.put(lamps(1, first=number))
    own.delete([f"lamp-{number}" for number in range(0, 60, 2)])
    assert becomes_true(lambda: own.status()["applied"] == own.status()["last_seq"])
    assert own.search(ask()).total == 80
    assert {name for name in everything(own) if name.startswith("lamp-")} - {"lamp-desk"} == {
        f"lamp-{number}" for number in range(1, 60, 2)
    }


def test_another_process_s_writes_are_found_by_the_one_that_keeps_the_index(own, shop):
    guest = open_fake_shop(shop)
    assert (own.status()["keeps_index"], guest.status()["keeps_index"]) == (True, False)
    guest.put([Product("zorp", "Zorple lantern")])
    assert becomes_true(lambda: ids(own, "zorple")[:1] == ["zorp"])
    guest.delete(["zorp"])
    assert becomes_true(lambda: ids(own, filters="id = zorp") == [])
    guest.patch("pan-iron", {"brand": "Zed"})
    assert becomes_true(lambda: ids(own, filters="brand = Zed") == ["pan-iron"])
    guest.close()


def test_a_guest_can_search_and_changes_nothing_of_the_index(own, shop):
    guest = open_fake_shop(shop)
    assert ids(guest, "running shoes") == ids(own, "running shoes")
    assert guest.similar("apples-red").hits == own.similar("apples-red").hits
    files = {path: path.stat().st_mtime_ns for path in (shop / "index").rglob("*")}
    guest.put(lamps(3))
    guest.delete(["pan-iron"])
    assert "pan-iron" not in ids(guest, "frying pan")
    guest.close()
    assert {path for path in files if not path.exists()} == set()
    # Its owner is the one that takes the writes in.
    assert becomes_true(lambda: own.search(ask()).total == 52)


def test_a_guest_s_import_is_found_by_the_one_that_keeps_the_index(tmp_path, tiny_shop, photo_of):
    keeper = open_fake_shop(tmp_path / "shop")
    keeper.start()
    guest = open_fake_shop(tmp_path / "shop")
    report = guest.import_catalogue(tiny_shop)
    assert (report.new, report.photos.stored) == (50, 71)
    assert guest.build().action == "left to the process that keeps it"
    guest.close()
    assert becomes_true(lambda: keeper.search(ask()).total == 50, seconds=10)
    assert ids(keeper, photos=[photo_of("runner-blue")])[0] == "runner-swift"
    keeper.close()


def test_a_guest_leaves_building_and_fitting_to_the_keeper(own, shop, tmp_path):
    guest = open_fake_shop(shop)
    with pytest.raises(StorageError, match="another process"):
        guest.fit()
    guest.close()
    empty = open_fake_shop(tmp_path / "new")
    visitor = open_fake_shop(tmp_path / "new")
    with pytest.raises(NotFoundError, match="no index yet"):
        visitor.search(ask("lamp"))
    visitor.close()
    empty.close()
    stranger = open_fake_shop(shop, fake_models(dim=32))
    with pytest.raises(ModelError, match="other models"):
        stranger.search(ask("lamp"))
    stranger.close()


def test_when_the_keeper_is_gone_the_next_to_open_keeps_the_index(shop):
    first, guest = open_fake_shop(shop), open_fake_shop(shop)
    guest.put([Product("zorp", "Zorple lantern")])
    first.close()
    guest.close()
    second = open_fake_shop(shop)
    assert second.status()["keeps_index"]
    assert ids(second, "zorple") == ["zorp"]
    second.close()


def test_a_photo_file_that_is_lost_keeps_nothing_else_from_being_found(shop, photo_of):
    models = fake_models(seed=1)
    engine = open_fake_shop(shop, models)
    (hit,) = engine.search(ask(photos=[photo_of("lamp-teal")], per_page=1)).hits
    path, _ = engine.photo(hit.image)
    engine.close()
    path.unlink()
    # Other models need the photo again.
    engine = open_fake_shop(shop, fake_models(seed=2))
    engine.start()
    assert engine.search(ask()).total == 50
    assert "lamp-desk" not in ids(engine, photos=[photo_of("lamp-teal")])
    assert ids(engine, "jointed desk lamp")[0] == "lamp-desk"
    engine.close()
