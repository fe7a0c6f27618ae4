"""What a shop ranks with: promoted, set and taken back by any process, and told in its status."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from engine_world import ask, becomes_true, ids, open_fake_shop
from ranking_world import cheap_first, put_clicks, put_in_use

from bowerbird.domain.errors import SettingError
from bowerbird.domain.product import Product
from bowerbird.domain.query import Query, Wish
from bowerbird.engine import ranking
from bowerbird.engine.ranking import Ranker, seller_of
from bowerbird.engine.turns import Turns
from bowerbird.rank.flow import RankSettings
from bowerbird.rank.knobs import read_knobs
from bowerbird.storage import snapshot
from bowerbird.storage.shop_folder import ShopFolder

QUESTION = "shoes"


def prices(engine, text: str = QUESTION) -> list[float]:
    return [float(hit.product.price) for hit in engine.search(ask(text)).hits if hit.product.price is not None]


def test_a_shop_without_a_model_ranks_by_the_default_score(own):
    hit = own.search(Query(Wish(QUESTION), explain=True)).hits[0]
    assert hit.ranking.by == "default"
    assert own.status()["ranking"] == {
        "by": "default",
        "model": None,
        "clicked_products": 0,
        "rules": 0,
        "settings": {},
        "cross_encoder": None,
        "faults": {},
        "exposure": {},
    }


def test_a_promoted_model_decides_within_a_second_and_a_removed_one_does_not_longer(own, shop):
    before, dear = ids(own, QUESTION), prices(own)
    assert dear != sorted(dear)
    put_in_use(shop)
    assert becomes_true(lambda: prices(own) == sorted(dear), 1.5)
    told = own.status()["ranking"]
    assert (told["by"], told["model"]) == ("learned", {"signals": 2, "queries": 3, "learned": 0.9})
    assert sorted(ids(own, QUESTION)) == sorted(before)
    (shop / "ranking" / "models" / "CURRENT").unlink()
    assert becomes_true(lambda: ids(own, QUESTION) == before, 1.5)


def test_a_learned_place_adds_up_in_the_search_s_explanation(own, shop):
    put_in_use(shop)
    own.ranker.renew()
    for hit in own.search(Query(Wish(QUESTION), explain=True)).hits:
        told = hit.ranking
        added = sum(one.contribution for one in told.signals if one.contribution is not None)
        assert told.by == "learned" and told.start + told.average + added == pytest.approx(told.total, abs=1e-5)


def test_what_is_clicked_comes_up(own, shop):
    last = ids(own, QUESTION)[-1]
    put_clicks(shop, {last: 0.9, **dict.fromkeys(ids(own, QUESTION)[:-1], 0.01)})
    own.ranker.set({"score.popularity": 1.0})
    assert ids(own, QUESTION)[0] == last
    assert own.status()["ranking"]["clicked_products"] > 1


def test_the_files_are_read_once_and_looked_at_once_a_second(shop, monkeypatch):
    put_in_use(shop)
    read = []
    monkeypatch.setattr(ranking.RankModel, "load", lambda folder: read.append(folder.name) or cheap_first())
    ranker = Ranker(ShopFolder(shop), RankSettings())
    assert ranker.parts.model is ranker.parts.model
    ranker.renew()
    assert read == ["one"]
    put_in_use(shop, name="two")
    assert ranker.parts.model is not None and read == ["one"]
    ranker.renew()
    assert read == ["one", "two"]


def test_one_without_the_model_has_everything_else(shop):
    put_in_use(shop)
    put_clicks(shop, {"x": 0.5})
    ranker = Ranker(ShopFolder(shop), RankSettings())
    ranker.set({"window": 7})
    other = ranker.without_model()
    assert other.parts.model is None and ranker.parts.model is not None
    assert len(other.parts.behaviour.products) == 1 and other.settings.window == 7
    assert other.faults is ranker.faults


def test_settings_are_kept_in_the_shop_over_what_it_is_opened_with(shop):
    base = replace(RankSettings(), window=50)
    ranker = Ranker(ShopFolder(shop), base)
    assert ranker.settings == base and ranker.given == {}
    ranker.set(read_knobs({"score": {"stock": 1}, "variety": {"caps": {"brand": 2}}}))
    assert ranker.settings.window == 50 and ranker.settings.score.stock == 1
    assert ranker.settings.variety.caps == {"brand": 2}
    kept = json.loads((shop / "ranking" / "settings.json").read_text())
    assert kept == {"score": {"stock": 1.0}, "variety": {"caps": {"brand": 2}}}
    ranker.set({})
    assert ranker.settings == base


def test_settings_that_another_process_writes_are_in_force_within_a_second(own, shop):
    Ranker(ShopFolder(shop), RankSettings()).set({"window": 0})
    assert becomes_true(lambda: own.ranker.settings.window == 0, 1.5)
    assert own.status()["ranking"]["settings"] == {"window": 0}
    by_retrieval = own.search(Query(Wish(QUESTION), explain=True)).hits
    assert all(hit.ranking is None for hit in by_retrieval)


def test_a_setting_changes_the_next_search(own):
    brands = [hit.product.brand for hit in own.search(ask("clothing")).hits][:4]
    assert len(set(brands)) < 4
    own.ranker.set({"variety.caps.brand": 1, "variety.first": 4})
    brands = [hit.product.brand for hit in own.search(ask("clothing")).hits][:4]
    assert len({brand for brand in brands if brand}) == len([brand for brand in brands if brand])


def test_a_snapshot_takes_models_clicks_settings_and_rules_along(own, shop, tmp_path):
    from bowerbird.domain.rule_records import read_rules

    put_in_use(shop)
    put_clicks(shop, {"x": 0.5})
    own.ranker.set({"window": 33})
    own.set_rules(read_rules([{"id": "r", "then": [{"redirect": "/sale"}]}]), "Ada")
    own.snapshot(tmp_path / "copy")
    own.close()
    snapshot.restore(tmp_path / "copy", tmp_path / "back")
    back = open_fake_shop(tmp_path / "back")
    back.start()
    told = back.status()["ranking"]
    assert (told["by"], told["clicked_products"], told["settings"], told["rules"]) == ("learned", 1, {"window": 33}, 1)
    back.close()


def test_who_is_shown_is_counted_by_seller_on_first_pages_only(own):
    own.search(ask("clothing"))
    assert own.status()["ranking"]["exposure"] == {}
    own.ranker.set({"variety.seller": "brand"})
    own.search(ask("clothing"))
    shares = own.status()["ranking"]["exposure"]
    assert shares and sum(shares.values()) == pytest.approx(1, abs=0.01)
    shown = {hit.product.brand for hit in own.search(ask("clothing")).hits if hit.product.brand}
    assert set(shares) == shown
    before = own.ranker._ledger.searches
    own.search(ask("clothing", page=2))
    own.try_rules(ask("clothing"))
    assert own.ranker._ledger.searches == before
    own.ranker.set({"variety.seller": "Vendor"})
    assert own.status()["ranking"]["exposure"] == {}


def test_a_seller_is_told_by_brand_or_attribute():
    product = Product("x", "X", brand="Luma", attributes={"Vendor": ("Ann", "Bob"), "shop": 7, "empty": ()})
    asked = ("brand", "vendor", "Vendor", "shop", "empty", "none")
    assert [seller_of(product, name) for name in asked] == ["Luma", "Ann", "Ann", "7", None, None]
    assert seller_of(Product("y", "Y"), "brand") is None
    assert seller_of(product, "Brand") == "Luma"


def test_settings_are_checked_before_they_are_kept(shop):
    with pytest.raises(SettingError, match=r"score\.stok is no setting; expected score\.stock"):
        read_knobs({"score": {"stok": 1}})
    assert not (shop / "ranking" / "settings.json").exists()


def test_whose_turn_it_is_may_step_out_of_it():
    turns = Turns()
    with turns:
        with turns.stepped_out():
            assert turns._lock.acquire(blocking=False)
            turns._lock.release()
        assert not turns._lock.acquire(blocking=False)
    with turns.stepped_out():
        assert turns._lock.acquire(blocking=False)
        turns._lock.release()
