"""Experiments on the tiny shop, whose learned model turns retrieval's order round."""

from __future__ import annotations

import shutil
import threading

import pytest
from engine_world import becomes_true, open_fake_shop
from experiment_world import AB, SIDES, TEXT, ask, ids, shopper_of, start, turned_model
from sqlalchemy import update

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError
from bowerbird.domain.query import Query, Sort
from bowerbird.domain.rule_records import read_rules
from bowerbird.storage.artefacts import swap_current
from bowerbird.storage.schema import experiments as table


@pytest.fixture(scope="module")
def modelled(fake_shop, tmp_path_factory):
    folder = tmp_path_factory.mktemp("modelled") / "shop"
    shutil.copytree(fake_shop, folder)
    turned_model().save(folder / "ranking" / "models" / "turned")
    return folder


@pytest.fixture
def shop(modelled, tmp_path):
    return shutil.copytree(modelled, tmp_path / "shop")


def test_arms_differ_visibly_and_each_is_told_with_the_results(own):
    start(own)
    plain, new = shopper_of(own, "plain"), shopper_of(own, "new")
    found = own.search(ask(TEXT, shopper=new))
    assert (found.experiment.name, found.experiment.arm, found.experiment.query_id) == ("round", "new", found.query_id)
    by_relevance, turned = ids(own, shopper=plain), ids(own, shopper=new)
    assert sorted(by_relevance) == sorted(turned) and by_relevance != turned
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert all(hit.team == "" for hit in found.hits)


def test_a_learned_arm_explains_itself_and_one_by_relevance_has_nothing_to_explain(own):
    start(own)
    hit = own.search(ask(TEXT, shopper=shopper_of(own, "new"), explain=True)).hits[0]
    assert hit.ranking.by == "learned"
    hit = own.search(ask(TEXT, shopper=shopper_of(own, "plain"), explain=True)).hits[0]
    assert hit.ranking is None and hit.reasons


def test_a_product_is_explained_as_the_shopper_s_arm_ranks_it(own):
    start(own)
    for arm, by in (("plain", None), ("new", "learned")):
        query = ask(TEXT, shopper=shopper_of(own, arm))
        found = own.search(query).hits
        for place, hit in ((1, found[0]), (len(found), found[-1])):
            told = own.explain(query, hit.product.id)
            assert told.place == place
            assert (told.hit.ranking and told.hit.ranking.by) == by


def test_a_product_of_an_interleaved_page_is_explained_where_it_stands(own):
    start(own, SIDES)
    query = ask(TEXT, shopper="ann")
    hits = own.search(query).hits
    assert [own.explain(query, hit.product.id).place for hit in hits[:5]] == [1, 2, 3, 4, 5]


def test_a_default_arm_ranks_without_the_model_that_is_in_use(own, shop):
    before = ids(own)
    swap_current(shop / "ranking" / "models", "turned")
    own._ranker.renew()
    assert ids(own) != before
    start(own, arms=[{"name": "plain", "rank": "default"}, AB["arms"][1]])
    assert ids(own, shopper=shopper_of(own, "plain")) == before


def test_a_shopper_stays_in_the_arm_and_only_shoppers_take_part(own):
    start(own)
    for name in ("ann", "ben", "cleo"):
        arms = {own.search(ask(text, shopper=name)).experiment.arm for text in ("red", "dress", "coffee mug") * 2}
        assert len(arms) == 1
    assert own.search(ask(TEXT)).experiment is None
    for query in (Query(shopper="ann"), ask(TEXT, shopper="ann", sort=Sort.PRICE_ASC)):
        assert own.search(query).experiment is None


def test_a_search_without_hits_takes_part_all_the_same(own):
    start(own)
    found = own.search(ask("red", filters="price > 100000", shopper="ann"))
    assert found.total == 0 and found.experiment is not None


def test_a_search_is_in_one_experiment_the_oldest_that_takes_its_shopper(own):
    start(own, name="half", share=0.5)
    start(own, name="whole")
    names = [own.search(ask(TEXT, shopper=f"s{number}")).experiment.name for number in range(40)]
    assert set(names) == {"half", "whole"}
    assert names == [own.search(ask(TEXT, shopper=f"s{number}")).experiment.name for number in range(40)]
    own.experiments.stop("half", "Ada", "enough")
    assert {own.search(ask(TEXT, shopper=f"s{number}")).experiment.name for number in range(40)} == {"whole"}


def test_an_interleaved_page_is_drafted_by_both_sides(own):
    start(own, SIDES)
    found = own.search(ask(TEXT, shopper="ann", explain=True))
    assert (found.experiment.name, found.experiment.arm) == ("sides", "")
    assert {hit.team for hit in found.hits} == {"a", "b"}
    own.experiments.stop("sides", "Ada", "enough")
    start(own)
    sides = {"a": ids(own, shopper=shopper_of(own, "plain")), "b": ids(own, shopper=shopper_of(own, "new"))}
    shown = [hit.product.id for hit in found.hits]
    for place, hit in enumerate(found.hits):
        left = [product for product in sides[hit.team] if product not in shown[:place]]
        assert left[0] == hit.product.id
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_the_pages_of_one_interleaved_query_belong_together(own):
    start(own, SIDES)
    whole = own.search(ask(TEXT, shopper="ann", per_page=12)).hits
    pages = [hit for page in (1, 2, 3) for hit in own.search(ask(TEXT, shopper="ann", page=page, per_page=4)).hits]
    assert [(hit.product.id, hit.team) for hit in pages] == [(hit.product.id, hit.team) for hit in whole]
    drafts = {tuple(hit.team for hit in own.search(ask(TEXT, shopper=f"s{n}")).hits) for n in range(5)}
    assert len(drafts) > 1


def test_what_a_rule_pins_is_of_no_team(own):
    start(own, SIDES)
    last = own.search(ask(TEXT, shopper="ann")).hits[-1].product.id
    own.set_rules(read_rules([{"id": "r", "then": [{"pin": [{"id": last, "position": 1}]}]}]), "Ada")
    hits = own.search(ask(TEXT, shopper="ann")).hits
    assert (hits[0].product.id, hits[0].team) == (last, "")
    assert all(hit.team for hit in hits[1:])


def test_signals_are_read_once_for_both_sides(own, monkeypatch):
    from bowerbird.rank import flow

    read = []
    monkeypatch.setattr(flow, "read_signals", lambda *told, real=flow.read_signals: read.append(1) or real(*told))
    start(own, SIDES, arms=[{"name": "plain", "rank": "default"}, AB["arms"][1]])
    own.search(ask(TEXT, shopper="ann"))
    assert read == [1]


def test_a_stopped_experiment_is_over_at_once_in_every_thread(own):
    before = ids(own)
    start(own)
    new = shopper_of(own, "new")
    assert ids(own, shopper=new) != before
    stopped = own.experiments.stop("round", "Ben", "enough")
    assert (stopped.running, stopped.stopped_by, stopped.why) == (False, "Ben", "enough")
    found = []
    threads = [threading.Thread(target=lambda: found.append(ids(own, shopper=new))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [before] * 4
    assert own.search(ask(TEXT, shopper=new)).experiment is None


def test_what_another_process_starts_and_stops_holds_within_a_second(own, shop):
    own.search(ask(TEXT, shopper="ann"))
    other = open_fake_shop(shop)
    try:
        start(other)
        assert becomes_true(lambda: own.search(ask(TEXT, shopper="ann")).experiment is not None, 1.5)
        other.experiments.stop("round", "Ada", "enough")
        assert becomes_true(lambda: own.search(ask(TEXT, shopper="ann")).experiment is None, 1.5)
    finally:
        other.close()


def faults(engine):
    return dict(engine._ranker.faults.counts)


@pytest.mark.parametrize("torn", [b"{", b"[]", b'{"name": "other"}', b'{"name": "round", "arms": 3}'])
def test_a_torn_definition_is_noted_and_searches_answer_as_without(own, torn):
    before = ids(own)
    start(own)
    own._stores.database.write(lambda connection: connection.execute(update(table).values(document=torn, changed=7)))
    own.experiments.renew()
    found = own.search(ask(TEXT, shopper="ann"))
    assert [hit.product.id for hit in found.hits] == before and found.experiment is None
    assert faults(own) == {"experiment:round": 1}
    assert [one.name for one in own.experiments.all()] == ["round"]
    with pytest.raises(ArtefactError, match="round"):
        own.experiments.report("round")


def test_a_model_that_is_gone_or_fails_is_noted_and_searches_answer_as_without(shop):
    first = open_fake_shop(shop)
    before = ids(first)
    start(first)
    new = shopper_of(first, "new")
    first.experiments.running[0].models["new"].fits[0].predict = lambda *_, **__: 1 / 0
    found = first.search(ask(TEXT, shopper=new))
    # Told as of its arm, or the arm would be judged without its failures.
    assert [hit.product.id for hit in found.hits] == before and found.experiment.arm == "new"
    assert faults(first)["experiment:round"] == 1
    first.close()
    shutil.rmtree(shop / "ranking" / "models" / "turned")
    again = open_fake_shop(shop)
    found = again.search(ask(TEXT, shopper=new))
    assert [hit.product.id for hit in found.hits] == before and found.experiment is None
    assert faults(again) == {"experiment:round": 1}
    again.close()


def test_a_learned_arm_keeps_the_model_that_is_in_use_when_it_starts(own, shop):
    unnamed = [AB["arms"][0], {"name": "new", "rank": "learned"}]
    with pytest.raises(InputError, match="no ranker is in use"):
        start(own, arms=unnamed)
    swap_current(shop / "ranking" / "models", "turned")
    start(own, arms=unnamed)
    assert own.experiments.report("round").definition.ways["new"].model == "turned"
    with pytest.raises(InputError, match="no such ranker"):
        start(own, name="other", arms=[AB["arms"][0], {"name": "new", "rank": "learned", "model": "none"}])


def test_experiments_that_are_not_there_are_one_clear_error(own):
    for asked in (own.experiments.report, lambda name: own.experiments.stop(name, "A", "b")):
        with pytest.raises(NotFoundError, match="no experiment 'none'"):
            asked("none")
    with pytest.raises(NotFoundError):
        own.experiments.count("none", [])


def test_the_database_that_cannot_be_read_is_noted_and_searches_answer(own, monkeypatch):
    before = ids(own)
    monkeypatch.setattr(own.experiments._store, "changed", lambda: (_ for _ in ()).throw(ArtefactError("torn")))
    assert ids(own, shopper="ann") == before
    assert faults(own) == {"experiments": 1}
