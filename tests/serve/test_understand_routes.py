import pytest


def test_words_are_understood_step_by_step(client):
    answer = client.post("/v1/understand", json={"q": "red shoes under 50"})
    assert answer.status_code == 200
    body = answer.json()
    assert body["language"] == "en" and body["words"] == "red shoes"
    assert body["entities"] == [
        {
            "type": "price",
            "value": {"min": None, "max": 50.0, "currency": None},
            "text": "under 50",
            "span": [10, 18],
            "negated": False,
            "concept": None,
        }
    ]
    assert body["filter"] == "price <= 50" and body["filters"][0]["filter"] == "price <= 50"
    assert body["soft"][0]["filter"] == "color = red" and body["soft"][0]["weight"] == 0.3
    assert body["intent"] == {"name": "find", "sure": True, "probabilities": {"find": 0.9, "ask": 0.1}}
    assert body["sentiment"] == {"label": "neutral", "score": 0.01}
    assert body["rewritten"] == [{"text": "red shoes", "weight": 1.0, "reason": "typed"}]
    assert body["timings_ms"] == {"name": 0.25}


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "q"), ({"q": 7}, "q"), ({"q": "x" * 20_001}, "q"), ({"q": "x", "lang": "en"}, "lang")],
    ids=["nothing", "number", "too long", "unknown field"],
)
def test_a_request_that_cannot_be_understood_names_its_field(client, body, field):
    answer = client.post("/v1/understand", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == field


def test_ten_thousand_characters_are_read_like_any_others(client):
    assert client.post("/v1/understand", json={"q": "x" * 10_000}).status_code == 200


def test_synonyms_are_replaced_whole_and_given_back(client):
    assert client.get("/v1/synonyms").json() == {"two_way": [], "one_way": {}}
    sets = {"two_way": [["sofa", "couch"]], "one_way": {"tee": ["t-shirt"]}}
    assert client.put("/v1/synonyms", json=sets).json() == sets
    assert client.get("/v1/synonyms").json() == sets


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"two_way": [["sofa"]]}, "two_way[0]"),
        ({"two_way": [["sofa", ""]]}, "two_way[0]"),
        ({"one_way": {"tee": "t-shirt"}}, "one_way.tee"),
        ({"one_way": {"": ["t-shirt"]}}, "one_way"),
    ],
    ids=["alone", "blank", "no list", "no words"],
)
def test_synonyms_that_are_none_name_their_place(client, body, field):
    answer = client.put("/v1/synonyms", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == field


def test_a_spoken_clip_is_heard_with_what_else_may_have_been_said(client):
    answer = client.post("/v1/audio/transcriptions", files={"file": ("clip.webm", b"red running shoe")})
    assert answer.status_code == 200
    assert answer.json() == {
        "text": "red running shoe",
        "language": "en",
        "duration": 1.5,
        "confidence": 0.8,
        "alternatives": [{"text": "read running shoe", "score": 0.2}],
        "model": "fake",
    }
    given = {"files": {"file": ("clip.wav", b"bag")}, "data": {"response_format": "text", "model": "whisper-1"}}
    assert client.post("/v1/audio/transcriptions", **given).text == "bag"


def test_a_search_by_voice_tells_what_was_heard(client):
    answer = client.post("/v1/search", json={"q": "red", "voice": {"data": "cnVubmluZw=="}})
    body = answer.json()
    assert body["heard"]["text"] == "running"
    assert [hit["id"] for hit in body["hits"]] == ["shoe/1"]


@pytest.mark.parametrize(
    ("request_", "status", "code", "field"),
    [
        ({"data": {"language": "en"}, "files": {"other": b"x"}}, 400, "bad_input", "file"),
        ({"files": {"file": b""}}, 400, "bad_audio", "file"),
        ({"files": {"file": b"x"}, "data": {"response_format": "srt"}}, 400, "bad_input", "response_format"),
        ({"files": {"file": b"x" * 8_100_000}}, 413, "too_large", None),
        ({"files": {"file": b"x"}, "data": {"language": "zh"}}, 501, "missing_extra", "language"),
        ({"json": {"file": "x"}}, 415, "unsupported_type", "Content-Type"),
        (
            {"content": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data"}},
            400,
            "bad_form",
            None,
        ),
    ],
    ids=["no file", "empty", "format", "too large", "Chinese", "JSON", "no boundary"],
)
def test_a_clip_that_cannot_be_heard_is_one_clear_error(client, request_, status, code, field):
    answer = client.post("/v1/audio/transcriptions", **request_)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["field"] == field


def test_a_service_without_speech_says_what_to_install(client, engine):
    engine.speech_languages = ()
    answer = client.post("/v1/audio/transcriptions", files={"file": ("clip.wav", b"bag")})
    assert answer.status_code == 501
    assert answer.json()["error"]["code"] == "speech_unavailable"
    assert "bowerbird[speech]" in answer.json()["error"]["message"]
    assert client.post("/v1/search", json={"voice": {"data": "YmFn"}}).status_code == 501
    assert client.get("/v1/capabilities").json()["speech"] is False
