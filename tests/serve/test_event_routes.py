"""Events in, and one shopper's erased and exported, over a real log."""

from __future__ import annotations

import time

import orjson
import pytest
from serve_world import FakeEngine, client_of

from bowerbird.domain.errors import DiskFullError
from bowerbird.domain.event import Who
from bowerbird.engine.recording import Recording
from bowerbird.events.log import EventLog
from bowerbird.serve.settings import ServeSettings

PUBLIC = ServeSettings(host="0.0.0.0")
VIEW = {"name": "view_item", "items": [{"item_id": "p1"}], "user": "ann", "session": "s1"}
LOGIN = {"name": "login", "user": "victim"}
PLAIN = {"Content-Type": "text/plain;charset=UTF-8"}


class Notes:
    """A part that keeps one word of every shopper."""

    name = "notes"

    def __init__(self) -> None:
        self.erased: list[str] = []

    def erase(self, keys) -> None:
        self.erased += keys

    def export(self, keys):
        return {key: "word" for key in keys if key not in self.erased}


class EventEngine(FakeEngine):
    """The fake engine with a real log."""

    def __init__(self, folder) -> None:
        super().__init__()
        self.events = Recording(EventLog.open(folder), 400, keeper=True)
        self.notes = Notes()
        self.events.register(self.notes)

    def record_events(self, events):
        if self.fault is not None:
            raise self.fault
        return self.events.record(events)


@pytest.fixture
def engine(tmp_path):
    engine = EventEngine(tmp_path / "events")
    yield engine
    engine.events.log.close()


def recorded(engine):
    return [one.event for one in engine.events.log.after(0)]


def test_one_event_is_recorded_once(client, engine):
    answer = client.post("/v1/events", json=VIEW | {"id": "e1"})
    assert (answer.status_code, answer.json()) == (200, {"recorded": 1, "known": 0, "refused": 0, "errors": []})
    assert client.post("/v1/events", json=VIEW | {"id": "e1"}).json()["known"] == 1
    (event,) = recorded(engine)
    assert (event.id, event.who) == ("e1", Who("ann", "s1")) and abs(event.at - time.time()) < 60


def test_lists_and_batches_of_every_shape_are_recorded(client, engine):
    segment = {"type": "track", "event": "Product Added", "userId": "bob", "properties": {"product_id": "p2"}}
    algolia = {
        "eventType": "click",
        "eventName": "x",
        "index": "i",
        "userToken": "t",
        "objectIDs": ["p3"],
        "positions": [4],
    }
    assert client.post("/v1/events", json=[VIEW, VIEW]).json()["recorded"] == 2
    assert client.post("/v1/events", json={"session": "s9", "events": [{"name": "login"}]}).json()["recorded"] == 1
    assert client.post("/v1/events", json={"batch": [segment]}).json()["recorded"] == 1
    assert client.post("/v1/events", json={"events": [algolia]}).json()["recorded"] == 1
    names = [event.name.value for event in recorded(engine)]
    assert names == ["view_item", "view_item", "login", "add_to_cart", "select_item"]
    assert client.post("/v1/events", json=[]).json()["recorded"] == 0


def test_a_bad_event_of_a_batch_is_told_and_the_others_are_kept(client, engine):
    bad = VIEW | {"name": "view_itme"}
    nul = VIEW | {"user": "a\x00"}
    answer = client.post("/v1/events", json={"events": [bad, VIEW, nul, VIEW | {"items": []}]})
    body = answer.json()
    assert (answer.status_code, body["recorded"], body["refused"]) == (200, 1, 3)
    assert [(one["event"], one["error"]["field"], one["error"]["code"]) for one in body["errors"]] == [
        (0, "name", "bad_input"),
        (2, "user", "bad_input"),
        (3, "items", "bad_input"),
    ]
    assert "view_itme" in body["errors"][0]["error"]["message"] and "view_item" in body["errors"][0]["error"]["message"]
    assert len(recorded(engine)) == 1


def test_a_bad_event_alone_is_an_error(client, engine):
    answer = client.post("/v1/events", json=VIEW | {"timestamp": "1999-01-01T00:00:00Z"})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "timestamp")
    assert recorded(engine) == []


@pytest.mark.parametrize("body", [b"5", b'"x"', b"null", b"{", b"", orjson.dumps([VIEW] * 1001)])
def test_what_is_no_batch_is_an_error(client, body):
    assert client.post("/v1/events", content=body, headers={"Content-Type": "application/json"}).status_code == 400


def test_events_that_cannot_be_kept_are_not_acknowledged(client, engine):
    engine.fault = DiskFullError("no space")
    answer = client.post("/v1/events", json=VIEW)
    assert (answer.status_code, answer.json()["error"]["code"]) == (507, "disk_full")


def test_a_beacon_of_the_shops_own_page_is_taken_and_a_foreign_pages_is_not(make_client, engine):
    content = orjson.dumps(VIEW)
    with make_client(ServeSettings(cors=("https://shop.example",))) as client:
        own = str(client.base_url).rstrip("/")
        for origin in (own, "https://shop.example"):
            assert client.post("/v1/events", content=content, headers=PLAIN | {"Origin": origin}).status_code == 200
        assert client.post("/v1/events", content=content, headers=PLAIN).status_code == 200
        for origin in ("https://evil.example", "null", f"{own}.evil.example"):
            answer = client.post("/v1/events", content=content, headers=PLAIN | {"Origin": origin})
            assert (answer.status_code, answer.json()["error"]["code"]) == (415, "unsupported_type")
    assert len(recorded(engine)) == 3


def test_without_consent_nobody_is_named(client, engine):
    client.post("/v1/events", json={"consent": False, "events": [VIEW]})
    assert [event.who for event in recorded(engine)] == [Who()]


def test_a_shopper_is_exported_and_erased(client, engine):
    events = [VIEW | {"id": "a", "session": ""}, VIEW | {"id": "b"}, {"id": "c", "name": "login", "session": "s1"}]
    client.post("/v1/events", json=[*events, VIEW | {"id": "d", "user": "bob", "session": ""}])
    told = client.get("/v1/shoppers/export", params={"session": "s1"}).json()
    assert (told["user"], told["sessions"]) == ("ann", ["s1"])
    assert [event["id"] for event in told["events"]] == ["a", "b", "c"]
    assert told["events"][1]["items"] == [{"item_id": "p1"}]
    assert told["notes"] == {"u:ann": "word", "s:s1": "word"}
    answer = client.delete("/v1/shoppers", params={"user": "ann"})
    assert (answer.status_code, answer.json()) == (200, {"status": "erased", "events": 3, "names": 2})
    assert [event.id for event in recorded(engine)] == ["d"]
    assert client.get("/v1/shoppers/export?user=ann").json() == {"user": "ann", "sessions": [], "events": []}
    # What was told of a shopper can be taken back.
    assert client.post("/v1/events", json={"events": told["events"]}).json()["recorded"] == 3


def test_a_shopper_may_be_named_in_the_body(client, engine):
    client.post("/v1/events", json=VIEW)
    assert client.request("DELETE", "/v1/shoppers", json={"session": "s1"}).json()["events"] == 1


@pytest.mark.parametrize("parameters", ["", "user=", "user=%20", "usr=ann", "user=a&user=b", "user=" + "a" * 201])
def test_a_shopper_has_to_be_named(client, parameters):
    for method, path in (("DELETE", "/v1/shoppers"), ("GET", "/v1/shoppers/export")):
        assert client.request(method, f"{path}?{parameters}").status_code == 400


def test_a_search_key_adds_events_and_reads_and_erases_nobodys(engine, keys):
    searching, writing = keys.create("search", ""), keys.create("write", "")
    with client_of(engine, PUBLIC, keys) as client:
        assert client.post("/v1/events", json=VIEW).status_code == 401
        assert client.post("/v1/events", json=VIEW, headers={"X-API-Key": searching}).status_code == 200
        for method, path in (("DELETE", "/v1/shoppers?user=ann"), ("GET", "/v1/shoppers/export?user=ann")):
            assert client.request(method, path).status_code == 401
            assert client.request(method, path, headers={"X-API-Key": searching}).status_code == 403
            assert client.request(method, path, headers={"X-API-Key": writing}).status_code == 200


def test_a_session_that_nobody_guesses_speaks_for_itself(engine, keys):
    searching, secret = {"X-API-Key": keys.create("search", "")}, "5e" * 16
    with client_of(engine, PUBLIC, keys) as client:
        client.post("/v1/events", json=VIEW | {"user": "", "session": secret}, headers=searching)
        assert client.get(f"/v1/shoppers/export?session={secret}").status_code == 401
        told = client.get(f"/v1/shoppers/export?session={secret}", headers=searching).json()
        assert [event["session"] for event in told["events"]] == [secret]
        # It does not speak for a user, nor does one that may be guessed.
        for named in (f"session={secret}&user=ann", f"session={secret[1:]}", "session=+" + "a" * 31):
            assert client.delete(f"/v1/shoppers?{named}", headers=searching).status_code == 403
        assert client.delete(f"/v1/shoppers?session={secret}", headers=searching).json()["events"] == 1
        assert recorded(engine) == []


def test_a_session_that_became_a_users_needs_a_write_key(engine, keys):
    searching, writing, own = keys.create("search", ""), keys.create("write", ""), "a" * 32
    with client_of(engine, PUBLIC, keys) as client:
        client.post("/v1/events", json=VIEW | {"user": "victim"}, headers={"X-API-Key": writing})
        # Anybody may say that their session is somebody's.
        client.post("/v1/events", json=LOGIN | {"session": own}, headers={"X-API-Key": searching})
        for method, path in (("DELETE", f"/v1/shoppers?session={own}"), ("GET", f"/v1/shoppers/export?session={own}")):
            assert client.request(method, path, headers={"X-API-Key": searching}).status_code == 403
        told = client.get(f"/v1/shoppers/export?session={own}", headers={"X-API-Key": writing}).json()
        assert (told["user"], len(told["events"])) == ("victim", 2)


def test_blanks_around_a_name_mean_nothing(client, engine):
    client.post("/v1/events", json=VIEW | {"user": " ann ", "session": ""})
    assert client.delete("/v1/shoppers", params={"user": "  ann"}).json()["events"] == 1


def test_the_log_is_not_rewritten_for_nobody(client, engine, monkeypatch):
    monkeypatch.setattr(engine.events.log, "erase", None)
    monkeypatch.setattr(engine.notes, "export", lambda keys: {})
    answer = client.delete("/v1/shoppers", params={"session": "0" * 40})
    assert answer.json() == {"status": "erased", "events": 0, "names": 0}


def test_the_docs_describe_the_routes(client):
    document = client.get("/openapi.json").json()
    assert {"/v1/events", "/v1/shoppers", "/v1/shoppers/export"} <= set(document["paths"])
    assert "query_id" in document["components"]["schemas"]["EventRecord"]["properties"]
