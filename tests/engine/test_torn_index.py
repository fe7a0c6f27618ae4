"""What is torn is built again: the index is derived, and heals as the shop opens."""

from __future__ import annotations

import pytest
from engine_world import (
    ask,
    becomes_true,
    current,
    cut_short,
    everything,
    fake_models,
    generations,
    ids,
    lamps,
    lose,
    open_fake_shop,
    spoil,
)

from bowerbird.domain.errors import ArtefactError
from bowerbird.engine import keeper

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
