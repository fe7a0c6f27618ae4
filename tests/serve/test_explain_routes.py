"""How hits are explained over HTTP, and POST /v1/explain."""

from __future__ import annotations

import base64

import pytest
from serve_world import BAG, SHOES, encoded, red_png

from bowerbird.domain.errors import PhotoError
from bowerbird.domain.explained import Explained, HeatMap, Outcome, Unmet, Whose, WordMatch
from bowerbird.domain.explanation import Reason, ReasonKind
from bowerbird.domain.ranking import HitRanking, SignalValue
from bowerbird.domain.results import Hit, Results
from bowerbird.domain.rules import RuleMove
from bowerbird.rank.signals import SIGNALS
from bowerbird.serve.explain_schemas import ExplainAnswer
from bowerbird.serve.schemas import SearchAnswer
from bowerbird.serve.settings import ServeSettings
from bowerbird.serve.web_files import WEB

RANKING = HitRanking(
    by="learned",
    place=3,
    factors={"relevance": 0.8123456, "margin": 1.1},
    signals=(
        SignalValue("terms", 0.5, "share", "BM25", "raises", 0.25),
        SignalValue("margin", 0.4, "share of the price", "the catalogue", "either", 0.1),
        SignalValue("popularity", float("-inf"), "log", "clicks", "raises", None),
    ),
    start=1.0,
    average=0.5,
    total=1.85,
    moved_from=4,
)
MOVE = RuleMove("summer", "Summer", "boost", 5, 2)
HIT = Hit(
    SHOES, 0.9, {"terms": 1.0}, reasons=(Reason(ReasonKind.CHOSEN, value="boost"),), ranking=RANKING, moves=(MOVE,)
)


@pytest.fixture
def explained(engine, monkeypatch):
    """What the engine is to answer; the searches that it was asked lie in ``asked``."""

    class Answers:
        answer = Explained(
            SHOES,
            Outcome.FOUND,
            9,
            2,
            HIT,
            (MOVE,),
            words=(WordMatch("red", "Red", "title", 1.0), WordMatch("blob", None, None, 0.0)),
            heat_maps=(HeatMap(1, ((0.0, 0.123456), (0.5, 1.0)), b"png"),),
        )

        def __init__(self):
            self.asked = []

    answers = Answers()

    def explain(query, product):
        answers.asked.append((query, product))
        if isinstance(answers.answer, Exception):
            raise answers.answer
        return answers.answer

    monkeypatch.setattr(engine, "explain", explain, raising=False)
    monkeypatch.setattr(engine, "search", lambda query: Results((HIT,), 1, timings_ms={"rank": 1.0}))
    return answers


def test_an_explained_product_is_told_whole(client, explained):
    body = client.post("/v1/explain", json={"q": "red shoe", "product": "shoe/1", "page": 3}).json()
    assert explained.asked[0][1] == "shoe/1" and explained.asked[0][0].wish.text == "red shoe"
    ExplainAnswer.model_validate(body)
    assert body["hit"]["ranking"]["by"] == "learned" and body["hit"]["id"] == "shoe/1"
    del body["hit"]
    assert body == {
        "product": "shoe/1",
        "title": "Red running shoe",
        "outcome": "found",
        "message": "It stands at place 2 of 9.",
        "place": 2,
        "total": 9,
        "rules": [{"rule": "summer", "title": "Summer", "action": "boost", "before": 5, "after": 2}],
        "unmet": [],
        "words": [
            {"word": "red", "match": "Red", "field": "title", "similarity": 1.0},
            {"word": "blob", "match": None, "field": None, "similarity": 0.0},
        ],
        "heat_maps": [
            {
                "number": 1,
                "grid": [[0.0, 0.123], [0.5, 1.0]],
                "picture": "data:image/png;base64," + base64.b64encode(b"png").decode(),
            }
        ],
    }


@pytest.mark.parametrize(
    ("outcome", "more", "message"),
    [
        (Outcome.HIDDEN, {"moves": (RuleMove("sale", "", "hide", 4, None),)}, "hidden by the rule sale"),
        (Outcome.EXCLUDED, {"unmet": (Unmet("price <= 5", Whose.WORDS),)}, "price <= 5 (read from the words)"),
        (Outcome.EXAMPLE, {}, "an example of this search"),
        (Outcome.NOT_FOUND, {}, "neither its words nor its look"),
        (Outcome.NOT_INDEXED, {}, "a moment ago"),
    ],
)
def test_a_product_that_is_not_there_says_why(client, explained, outcome, more, message):
    explained.answer = Explained(BAG, outcome, 3, **more)
    body = client.post("/v1/explain", json={"product": "bag"}).json()
    ExplainAnswer.model_validate(body)
    assert (body["outcome"], body["place"], body["hit"]) == (outcome.value, None, None)
    assert message in body["message"]


def test_a_search_that_is_explained_tells_reasons_ranking_and_rules(client, explained):
    body = client.post("/v1/search", json={"explain": True}).json()
    SearchAnswer.model_validate(body)
    (hit,) = body["hits"]
    assert hit["reasons"] == [{"kind": "chosen", "value": "boost"}]
    assert hit["rules"] == [{"rule": "summer", "title": "Summer", "action": "boost", "before": 5, "after": 2}]
    assert hit["ranking"] == {
        "by": "learned",
        "place": 3,
        "factors": {"relevance": 0.81235, "margin": 1.1},
        "signals": [
            {
                "name": "terms",
                "value": 0.5,
                "unit": "share",
                "source": "BM25",
                "direction": "raises",
                "contribution": 0.25,
            },
            {
                "name": "margin",
                "value": 0.4,
                "unit": "share of the price",
                "source": "the catalogue",
                "direction": "either",
                "contribution": 0.1,
            },
        ],
        "start": 1.0,
        "average": 0.5,
        "total": 1.85,
        "moved_from": 4,
    }
    assert body["timings_ms"] == {"rank": 1.0}


def test_a_shopper_s_reasons_come_without_the_numbers(client, explained):
    body = client.get("/v1/search?reasons=true").json()
    assert body["hits"][0]["reasons"] == [{"kind": "chosen", "value": "boost"}]
    assert not {"ranking", "rules"} & set(body["hits"][0]) and "timings_ms" not in body
    assert "reasons" not in client.get("/v1/search").json()["hits"][0]


def test_what_the_shop_earns_is_told_to_those_who_may_write_only(make_client, keys, explained):
    search, write = (keys.create(right, right) for right in ("search", "write"))
    with make_client(ServeSettings(body_seconds=5)) as client:
        for key, told in ((search, False), (write, True)):
            headers = {"Authorization": f"Bearer {key}"}
            found = client.post("/v1/search", json={"explain": True}, headers=headers).json()["hits"][0]["ranking"]
            asked = client.post("/v1/explain", json={"product": "bag"}, headers=headers).json()["hit"]["ranking"]
            for ranking in (found, asked):
                assert ("margin" in ranking["factors"]) is told
                assert ("margin" in [signal["name"] for signal in ranking["signals"]]) is told


def test_a_bad_request_names_the_field(client, explained):
    answer = client.post("/v1/explain", json={"q": "red"})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "product")
    answer = client.post("/v1/explain", json={"product": "bag", "quary": "red"})
    assert answer.json()["error"]["code"] == "bad_input"
    explained.answer = PhotoError("cannot be read")
    answer = client.post("/v1/explain", json={"product": "bag", "images": [{"data": encoded(red_png())}]})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "images[0]")


def test_the_page_has_words_for_every_signal_and_factor():
    for name in ("en_how", "zh_how"):
        words = (WEB / "js" / "words" / f"{name}.js").read_text(encoding="utf-8")
        assert [
            signal
            for signal in (*SIGNALS, "brand", "described", "fit", "kind", "personal")
            if f'"signal.{signal}"' not in words
        ] == []
