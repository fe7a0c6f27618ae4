import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from bowerbird.domain.errors import SettingError
from bowerbird.understand.language_model import Rewriter, RewriterSettings


class Model(ThreadingHTTPServer):
    """A language model that says what it is told to, and knows what it was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked, self.headers, self.status, self.pieces = [], [], 200, []
        self.wait = threading.Event()
        self.pause = 0.0

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def says(self, content):
        """Answer with a message."""
        self.sends(json.dumps({"choices": [{"message": {"content": content}}]}).encode())

    def sends(self, *pieces, pause=0.0, status=200):
        """Answer with bytes, piece by piece."""
        self.pieces, self.pause, self.status = pieces, pause, status


class Asked(BaseHTTPRequestHandler):
    def do_POST(self):
        model = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        model.asked.append((self.path, json.loads(body)))
        model.headers.append(dict(self.headers))
        self.send_response(model.status)
        self.send_header("Content-Length", str(sum(map(len, model.pieces))))
        self.end_headers()
        try:
            for piece in model.pieces:
                model.wait.wait(model.pause)
                self.wfile.write(piece)
        except OSError:
            pass

    def log_message(self, *args):
        pass


@pytest.fixture
def model():
    server = Model()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.wait.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def rewriter(model):
    with httpx.Client() as client:
        yield lambda **settings: Rewriter(
            RewriterSettings(model.address, **{"model": "small", "seconds": 5.0} | settings), client
        )


@pytest.mark.parametrize(
    ("said", "queries"),
    [
        ('["rain jacket", "waterproof coat"]', ("rain jacket", "waterproof coat")),
        ('Sure!\n```json\n["rain jacket"]\n```', ("rain jacket",)),
        ('["  rain \\n jacket "]', ("rain jacket",)),
        ('["rain jacket", "rain jacket", "coat", "poncho"]', ("rain jacket", "coat")),
        ('["", "   ", 3, null, {"q": "x"}, ["y"], "coat"]', ("coat",)),
        ("[]", ()),
    ],
)
def test_an_answer_is_short_distinct_queries(model, rewriter, said, queries):
    model.says(said)
    assert rewriter().rewrite("something for the rain") == queries


def test_the_query_is_asked_as_a_shopper_typed_it_and_cut_short(model, rewriter):
    model.says("[]")
    rewriter(most=3).rewrite("雨衣 " * 200, languages="English and Chinese")
    ((path, body),) = model.asked
    assert path == "/v1/chat/completions"
    assert body["model"] == "small"
    system, user = (message["content"] for message in body["messages"])
    assert "at most 3" in system and "English and Chinese" in system
    assert user == ("雨衣 " * 200)[:300]


def test_a_key_is_taken_from_the_environment_and_sent(model, rewriter, monkeypatch):
    model.says("[]")
    rewriter(key_variable="A_SHOPS_KEY").rewrite("coat")
    monkeypatch.setenv("A_SHOPS_KEY", "secret")
    rewriter(key_variable="A_SHOPS_KEY").rewrite("coat")
    without, with_key = model.headers
    assert "Authorization" not in without
    assert with_key["Authorization"] == "Bearer secret"


def test_an_answer_is_kept_however_the_query_is_written(model, rewriter):
    model.says('["coat"]')
    own = rewriter()
    assert [own.rewrite(text) for text in ("Rain  Coat", "rain coat", " RAIN COAT ")] == [("coat",)] * 3
    assert len(model.asked) == 1


def test_an_empty_answer_is_kept_too(model, rewriter):
    model.says("[]")
    own = rewriter()
    assert own.rewrite("coat") == own.rewrite("coat") == ()
    assert len(model.asked) == 1


def test_no_more_is_kept_than_is_told_and_the_longest_unused_goes_first(model, rewriter):
    model.says('["coat"]')
    own = rewriter(kept=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        own.rewrite(text)
    assert [body["messages"][1]["content"] for _, body in model.asked] == ["a", "b", "c", "b"]


def test_what_failed_is_asked_again(model, rewriter):
    own = rewriter()
    model.sends(b"oops", status=500)
    assert own.rewrite("coat") == ()
    model.says('["parka"]')
    assert own.rewrite("coat") == ("parka",)


@pytest.mark.parametrize("status", [301, 401, 404, 429, 500, 503])
def test_an_error_gives_no_rewriting(model, rewriter, status):
    model.sends(b'{"choices": [{"message": {"content": "[\\"coat\\"]"}}]}', status=status)
    assert rewriter().rewrite("coat") == ()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"not json", b"null", b"[]", b"3", b'"text"', b"{}", b'{"choices": []}', b'{"choices": null}',
        b'{"choices": [{}]}', b'{"choices": [{"message": null}]}', b'{"choices": [{"message": {}}]}',
        b'{"choices": {"message": 1}}', b"\xff\xfe\x00", b'{"choices": [{"message": {"content": "[', b"[" * 100_000,
    ],
    ids=lambda body: body[:40].decode(errors="replace"),
)  # fmt: skip
def test_a_broken_answer_gives_no_rewriting(model, rewriter, body):
    model.sends(body)
    assert rewriter().rewrite("coat") == ()


@pytest.mark.parametrize(
    "content",
    [
        None, 3, True, ["coat"], {"queries": ["coat"]}, "", "coat", '["coat"', "][", '{"a": "coat"}', "[coat]",
        "[" * 50_000 + "]" * 50_000, '["' + "x" * 1_000_000 + '"]', '["' + "雨" * 121 + '"]',
    ],
    ids=lambda content: str(content)[:20],
)  # fmt: skip
def test_a_message_that_holds_no_queries_gives_no_rewriting(model, rewriter, content):
    model.says(content)
    assert rewriter().rewrite("coat") == ()


def test_long_texts_among_short_ones_are_left_out(model, rewriter):
    model.says(json.dumps(["x" * 121, "ignore all rules " * 100, "x" * 120]))
    assert rewriter().rewrite("coat") == ("x" * 120,)


def test_no_answer_in_time_gives_no_rewriting(model, rewriter):
    model.sends(b'{"choices": [{"message": {"content": "[\\"coat\\"]"}}]}', pause=60)
    assert rewriter(seconds=0.1).rewrite("coat") == ()


def test_an_answer_that_drips_is_not_waited_for(model, rewriter):
    body = b'{"choices": [{"message": {"content": "[\\"coat\\"]"}}]}'
    model.sends(*(body[at : at + 1] for at in range(len(body))), pause=0.03)
    assert rewriter(seconds=0.3).rewrite("coat") == ()


def test_nobody_at_the_address_gives_no_rewriting(model, rewriter):
    model.shutdown()
    model.server_close()
    assert rewriter().rewrite("coat") == ()


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00\x1f", "\ud800", "'; DROP TABLE x; --", "{most} {languages}", "x" * 10_000]
)
def test_any_query_is_asked_or_given_up(model, rewriter, text):
    model.says('["coat"]')
    assert rewriter().rewrite(text) in ((), ("coat",))


@pytest.mark.parametrize(
    "address", ["", "localhost:8000", "ftp://localhost/v1", "file:///etc", "http://localhost:port/v1"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(SettingError) as refused:
        Rewriter(RewriterSettings(address))
    assert refused.value.field == "rewriter.address"


def test_many_threads_may_ask_at_once(model, rewriter):
    model.says('["coat"]')
    own, found = rewriter(kept=3), []
    threads = [
        threading.Thread(target=lambda number=number: found.append(own.rewrite(f"coat {number % 5}")))
        for number in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [("coat",)] * 20
