"""Why one product stands where it stands in a search, or is not there, on the tiny shop with fake encoders."""

from __future__ import annotations

import gc
import io
import weakref
from dataclasses import replace

import pytest
from engine_world import ask, ids
from PIL import Image
from pytest import approx

from bowerbird.domain.errors import InputError, NotFoundError
from bowerbird.domain.explained import Outcome, Unmet, Whose
from bowerbird.domain.explanation import ReasonKind
from bowerbird.domain.query import PhotoInput, Query, Sort, Wish
from bowerbird.domain.rule_records import read_rules
from bowerbird.engine.explaining import Explainer

RUNNER = "runner-swift"


def rules(*then):
    return read_rules([{"id": "r", "title": "R", "then": list(then)}])


def test_a_hit_s_place_and_ranking_are_those_of_the_search(engine):
    found = ids(engine, "shoes", per_page=50)
    for place in (1, len(found)):
        explained = engine.explain(ask("shoes"), found[place - 1])
        assert (explained.outcome, explained.place, explained.total) == (Outcome.FOUND, place, len(found))
        shown = engine.search(ask("shoes", per_page=50, explain=True)).hits[place - 1]
        assert explained.hit.product.id == shown.product.id == found[place - 1]
        # Freshness goes on between the two.
        assert [one.value for one in explained.hit.ranking.signals] == approx(
            [one.value for one in shown.ranking.signals]
        )
        assert replace(explained.hit.ranking, signals=()) == replace(shown.ranking, signals=())
        assert explained.hit.ranking.factors["relevance"] > 0
        assert explained.hit.reasons == shown.reasons and shown.reasons


def test_what_was_live_is_let_go_of_after_a_swap(engine):
    class Before:
        encoders = engine._keeper.live().encoders

    explainer, before = Explainer(engine._stores, engine._settings.retrieve), Before()
    matcher = explainer._matcher_of(before)
    assert explainer._matcher_of(before) is matcher
    gone = weakref.ref(before)
    del before
    gc.collect()
    assert gone() is None


def test_the_page_that_is_asked_for_does_not_matter(engine):
    asked = ask("shoes", page=3, per_page=1)
    assert engine.explain(asked, ids(engine, "shoes")[0]).place == 1


def test_in_an_order_that_the_shopper_chose_the_place_is_the_one_there(engine):
    cheapest = ids(engine, "shoes", sort=Sort.PRICE_ASC, per_page=50)
    explained = engine.explain(ask("shoes", sort=Sort.PRICE_ASC), cheapest[1])
    assert (explained.place, explained.hit.ranking) == (2, None)


def test_each_condition_that_is_not_met_is_named_with_where_it_comes_from(engine):
    explained = engine.explain(ask("shoes under 5", filters="brand = Nobody AND price > 0"), RUNNER)
    assert (explained.outcome, explained.place, explained.hit) == (Outcome.EXCLUDED, None, None)
    assert Unmet("brand = Nobody", Whose.FILTER) in explained.unmet
    assert not any("price > 0" in one.text for one in explained.unmet)


def test_a_condition_read_from_the_words_is_named_as_such(engine):
    explained = engine.explain(ask("shoes under 60"), RUNNER)
    assert explained.unmet == (Unmet("price <= 60", Whose.WORDS),)


def test_a_hidden_product_names_the_rule(own):
    own.set_rules(rules({"hide": {"products": [RUNNER]}}), "Ada")
    explained = own.explain(ask("running shoes"), RUNNER)
    assert explained.outcome is Outcome.HIDDEN
    ((move,)) = explained.moves
    assert (move.rule, move.title, move.action, move.after) == ("r", "R", "hide", None)
    assert move.before is not None


def test_what_a_rule_narrows_to_is_a_condition_of_the_rule(own):
    own.set_rules(rules({"filter": "brand = Nobody"}), "Ada")
    explained = own.explain(ask("running shoes"), RUNNER)
    assert explained.outcome is Outcome.EXCLUDED
    assert explained.unmet == (Unmet("brand = Nobody", Whose.RULE),)


def test_a_pinned_product_is_found_by_its_pin_and_told_so(own):
    other = next(one for one in ids(own, "", per_page=50) if one not in ids(own, "running shoes", per_page=50))
    own.set_rules(rules({"pin": [{"id": other, "position": 1}]}), "Ada")
    explained = own.explain(ask("running shoes"), other)
    assert (explained.outcome, explained.place, explained.hit.ranking) == (Outcome.FOUND, 1, None)
    assert [(move.action, move.before, move.after) for move in explained.moves] == [("pin", None, 1)]
    assert explained.hit.reasons[0].kind is ReasonKind.CHOSEN
    assert own.search(ask("running shoes", reasons=True)).hits[0].reasons[0].kind is ReasonKind.CHOSEN


def test_every_hit_tells_which_rules_moved_it_and_the_results_what_was_hidden(own):
    first, second, third = ids(own, "shoes")[:3]
    own.set_rules(rules({"hide": {"products": [first]}}, {"pin": [{"id": third, "position": 1}]}), "Ada")
    results = own.search(ask("shoes", explain=True))
    assert [(move.action, move.before, move.after) for move in results.hits[0].moves] == [("pin", 3, 1)]
    assert results.hits[1].product.id == second and results.hits[1].moves == ()
    (applied,) = results.applied_rules
    hidden = [(effect.product, effect.before, effect.after) for effect in applied.effects if effect.action == "hide"]
    assert hidden == [(first, 1, None)]
    assert all(hit.ranking is None and not hit.reasons for hit in own.search(ask("shoes")).hits)


def test_an_example_is_no_hit_and_what_nothing_brings_is_not_found(engine):
    example = engine.explain(Query(Wish(products=(RUNNER,))), RUNNER)
    assert example.outcome is Outcome.EXAMPLE
    missing = next(one for one in ids(engine, "", per_page=50) if one not in ids(engine, "running shoes", per_page=50))
    assert engine.explain(ask("running shoes"), missing).outcome is Outcome.NOT_FOUND


def test_words_are_matched_over_title_and_description(engine):
    explained = engine.explain(ask("running shoes"), RUNNER)
    first = {one.word: one for one in explained.words}["running"]
    assert (first.match, first.field, first.similarity) == ("Running", "title", pytest.approx(1.0))
    assert all(-1 <= one.similarity <= 1 and one.field in ("title", "description") for one in explained.words)
    assert engine.explain(ask(""), RUNNER).words == ()


def test_a_photo_gives_a_heat_map_and_a_picture_of_it(engine, photo_of):
    photo = photo_of("runner-blue")
    explained = engine.explain(ask(photos=[PhotoInput(photo), PhotoInput(photo, 0.0)]), RUNNER)
    (heat,) = explained.heat_maps
    assert heat.number == 1
    assert len(heat.grid) == len(heat.grid[0]) == 7
    assert 0 <= min(map(min, heat.grid)) and max(map(max, heat.grid)) <= 1
    with Image.open(io.BytesIO(heat.picture)) as picture:
        assert picture.format == "PNG" and max(picture.size) <= 512
    assert engine.explain(ask("shoes"), RUNNER).heat_maps == ()


def test_of_a_box_only_the_part_in_it_is_drawn(engine, photo_of):
    with Image.open(io.BytesIO(photo_of("runner-blue"))) as whole:
        width, height = whole.size
    boxed = PhotoInput(photo_of("runner-blue"), box=(0.0, 0.0, 0.5, 1.0))
    (heat,) = engine.explain(ask(photos=[boxed]), RUNNER).heat_maps
    with Image.open(io.BytesIO(heat.picture)) as picture:
        assert picture.size == (width // 2, height)


def test_what_is_not_in_the_shop_cannot_be_explained(engine):
    with pytest.raises(NotFoundError, match="nothing-like-it"):
        engine.explain(ask("shoes"), "nothing-like-it")
    with pytest.raises(InputError):
        engine.explain(ask("shoes", filters="unknown = 1"), RUNNER)
