"""What a search key is not told: what the shop earns, and the merchant's rules."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import serve_world
from serve_world import BAG, SHOES

from bowerbird.domain.explained import Explained, Outcome, Unmet, Whose
from bowerbird.domain.explanation import Reason, ReasonKind
from bowerbird.domain.ranking import HitRanking, SignalValue
from bowerbird.domain.results import Hit, Results
from bowerbird.domain.rules import AppliedRule, Banner, RuleEffect, RuleMove
from bowerbird.serve.explain_schemas import ExplainAnswer
from bowerbird.serve.schemas import SearchAnswer
from bowerbird.serve.settings import ServeSettings

EARNED = {"margin": 0.4, "Cost_Of_Goods_Sold": 24.0}
SOLD = replace(
    SHOES,
    attributes={**SHOES.attributes, **EARNED},
    variants=tuple(
        replace(variant, attributes={**variant.attributes, **EARNED, "margin": 0.1 * number})
        for number, variant in enumerate(SHOES.variants, 1)
    ),
)
SIGNALS = (
    SignalValue("relevance", 0.8, "share", "retrieval", "raises", 0.25),
    SignalValue("terms", 0.5, "share", "BM25", "raises", 0.5),
    SignalValue("margin", 0.4, "share of the price", "the catalogue", "either", 0.125),
)
LEARNED = HitRanking("learned", 3, {"relevance": 0.8}, SIGNALS, start=1.0, average=0.5, total=2.375)
DEFAULT = HitRanking(
    "default",
    3,
    {"relevance": 0.8, "stock": 0.5, "margin": 1.25},
    tuple(replace(signal, contribution=None) for signal in SIGNALS),
)
MOVE = RuleMove("secret-deal", "Overstock", "pin", 5, 2)
HIDDEN = RuleMove("secret-deal", "Overstock", "hide", 5, None)
CHOSEN = (Reason(ReasonKind.CHOSEN, value="pin"),)
HIT = Hit(SOLD, 0.5, {"terms": 1.0}, variant=0, reasons=CHOSEN, ranking=LEARNED, moves=(MOVE,))
APPLIED = AppliedRule("secret-deal", "Overstock", ("hide",), (RuleEffect("bag", "hide", 1, None),))


@pytest.fixture
def ask(engine, keys, make_client, monkeypatch):
    """Requests with a search key, or another right's."""
    monkeypatch.setattr(serve_world, "FIELDS", {**serve_world.FIELDS, "margin": "number", "cost_of_goods_sold": "text"})
    engine.products["shoe/1"] = SOLD
    secrets = {right: keys.create(right, right) for right in ("search", "write")}
    with make_client(ServeSettings(host="0.0.0.0", body_seconds=5)) as client:

        def ask(address, body=None, right="search"):
            headers = {"Authorization": f"Bearer {secrets[right]}"}
            return (
                client.get(address, headers=headers)
                if body is None
                else client.post(address, json=body, headers=headers)
            )

        yield ask


@pytest.fixture
def found(engine, monkeypatch):
    """Let every search find one hit."""

    def find(hit, **more):
        monkeypatch.setattr(engine, "search", lambda query: Results((hit,), 1, **more))

    return find


def test_the_margin_s_factor_is_a_part_of_the_relevance(ask, found):
    found(replace(HIT, ranking=DEFAULT))
    (hit,) = ask("/v1/search", {"explain": True}).json()["hits"]
    assert hit["ranking"]["factors"] == {"relevance": 1.0, "stock": 0.5}
    assert math.prod(hit["ranking"]["factors"].values()) == hit["score"]
    # Beside the factor the signal of the same name would give the margin's back.
    assert [signal["name"] for signal in hit["ranking"]["signals"]] == ["terms"]
    whole = ask("/v1/search", {"explain": True}, "write").json()["hits"][0]["ranking"]
    assert whole["factors"] == DEFAULT.factors and len(whole["signals"]) == 3


def test_the_margin_s_contribution_is_a_part_of_the_average(ask, found):
    found(HIT)
    ranking = ask("/v1/search", {"explain": True}).json()["hits"][0]["ranking"]
    told = {signal["name"]: signal["contribution"] for signal in ranking["signals"]}
    assert told == {"relevance": 0.25, "terms": 0.5} and ranking["average"] == 0.625
    assert ranking["start"] + ranking["average"] + sum(told.values()) == ranking["total"]
    assert ask("/v1/search", {"explain": True}, "write").json()["hits"][0]["ranking"]["average"] == 0.5


@pytest.mark.parametrize("name", ["margin", "MARGIN", "cost_of_goods_sold", "attributes.margin"])
def test_what_the_shop_earns_is_no_field_for_a_search_key(ask, name):
    facet = name.removeprefix("attributes.")
    refused = [
        ask("/v1/search", {"filters": f"brand = Luma AND NOT {name} > 0.3"}),
        ask("/v1/explain", {"filters": f"{name} EXISTS", "product": "bag"}),
        ask(f"/v1/products/shoe/1/similar?filters={name}%20EXISTS"),
        ask("/v1/search", {"facets": [facet]}),
        ask(f"/v1/search?facets=brand,{facet}"),
    ]
    for answer, part in zip(refused, ["filters"] * 3 + ["facets"] * 2, strict=True):
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["field"]) == (400, "bad_input", part)
        assert "unknown field" in error["message"]
    if name == "margin":
        asked = {"filters": f"{name} > 0.3", "facets": [name]}
        assert ask("/v1/search", asked, "write").status_code == 200


def test_what_the_shop_earns_is_in_no_answer_to_a_search_key(ask, found):
    addresses = ["/v1/products/shoe/1", "/v1/products/shoe/1/view", "/v1/products/bag/similar"]
    addresses += ["/v1/search", "/v1/search?q=shoe&explain=true", "/v1/fields", "/v1/capabilities"]
    for address in addresses:
        private, whole = ask(address).text.lower(), ask(address, right="write").text.lower()
        assert "margin" not in private and "cost_of_goods" not in private, address
        # A product that was found like another shows no variant, so nothing of it is left out.
        assert "margin" in whole or address.endswith("similar"), address
    found(HIT)
    assert '"size":"M"' in ask("/v1/search").text and "margin" not in ask("/v1/search").text


def test_a_reason_does_not_tell_it_either(ask, found):
    found(replace(HIT, reasons=(*CHOSEN, Reason(ReasonKind.WORDS, field="cost_of_goods_sold", words=("24",)))))
    for right, kinds in (("search", ["chosen"]), ("write", ["chosen", "words"])):
        (hit,) = ask("/v1/search?q=24&reasons=true", right=right).json()["hits"]
        assert [reason["kind"] for reason in hit["reasons"]] == kinds


def test_an_open_service_tells_everything(client, engine):
    engine.products["shoe/1"] = SOLD
    assert client.get("/v1/products/shoe/1").json()["attributes"]["margin"] == 0.4


def test_which_rules_are_in_force_is_told_to_those_who_may_write_only(ask, found):
    found(HIT, applied_rules=(APPLIED,), banners=(Banner("Sale"),), redirect="/sale")
    for right in ("search", "write"):
        answer = ask("/v1/search", {"explain": True}, right)
        body = answer.json()
        SearchAnswer.model_validate(body)
        assert (body["banners"], body["redirect"]) == ([{"title": "Sale"}], "/sale")
        assert body["hits"][0]["reasons"] == [{"kind": "chosen", "value": "pin"}]
        assert ("applied_rules" in body) is ("rules" in body["hits"][0]) is (right == "write")
        assert ("secret-deal" in answer.text) is ("Overstock" in answer.text) is (right == "write")


@pytest.mark.parametrize(
    ("explained", "message", "unmet"),
    [
        (Explained(SOLD, Outcome.FOUND, 9, 2, HIT, (MOVE,)), "place 2 of 9", []),
        (Explained(BAG, Outcome.HIDDEN, 9, moves=(HIDDEN,)), "It was found, and the shop leaves it out.", []),
        (
            Explained(
                BAG,
                Outcome.EXCLUDED,
                9,
                moves=(MOVE,),
                unmet=(
                    Unmet("price < 5", Whose.FILTER),
                    Unmet("secret-deal = yes", Whose.RULE),
                    Unmet("tag = Overstock", Whose.RULE),
                ),
            ),
            "does not meet: price < 5 (of the filter); what the shop asks of products here.",
            [{"text": "price < 5", "whose": "filter"}, {"text": "", "whose": "rule"}],
        ),
    ],
)
def test_an_explanation_names_no_rule_to_a_search_key(ask, engine, monkeypatch, explained, message, unmet):
    monkeypatch.setattr(engine, "explain", lambda query, product: explained, raising=False)
    answer = ask("/v1/explain", {"product": "bag"})
    body = answer.json()
    ExplainAnswer.model_validate(body)
    assert message in body["message"] and body["unmet"] == unmet and body["rules"] == []
    assert "secret-deal" not in answer.text and "Overstock" not in answer.text and "margin" not in answer.text
    whole = ask("/v1/explain", {"product": "bag"}, "write").json()
    assert whole["rules"][0]["rule"] == "secret-deal" and len(whole["unmet"]) == len(explained.unmet)


def test_the_rules_are_switched_off_by_those_who_may_write_only(ask, engine):
    for right in ("search", "write"):
        ask("/v1/search", {"rules": False}, right)
        ask("/v1/search?rules=false", right=right)
    assert [query.rules for query in engine.queries] == [True, True, False, False]
