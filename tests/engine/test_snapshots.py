"""A snapshot is a working shop; a torn one is refused."""

from __future__ import annotations

import threading

import pytest
from engine_world import (
    ask,
    becomes_true,
    cut_short,
    everything,
    fake_models,
    ids,
    lamps,
    open_fake_shop,
)

from bowerbird.domain.errors import ArtefactError, InputError
from bowerbird.storage import snapshot


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
