"""The service as a process: a real socket, a real end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bowerbird.domain.errors import SettingError
from bowerbird.serve.app import bind
from bowerbird.serve.settings import ServeSettings

PROGRAM = """
import time
from serve_world import FakeEngine
from bowerbird.serve.app import bind, create_app, run_service
from bowerbird.serve.settings import ServeSettings

class Slow(FakeEngine):
    def search(self, query):
        print("searching", flush=True)
        time.sleep(1.0 if query.wish.text == "slow" else 0.0)
        return super().search(query)
    def close(self):
        print("closed", flush=True)

settings = ServeSettings(port=0)
run_service(create_app(Slow(), settings), bind(settings), lambda address: print(address, flush=True))
"""


@pytest.fixture
def process():
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent
    ) as running:
        yield running
        running.kill()


def test_a_service_told_to_stop_answers_what_it_was_asked_and_closes_its_engine(process):
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    client = subprocess.Popen(
        [sys.executable, "-c", f"import httpx; print(httpx.get('{address}v1/search?q=slow').status_code)"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().strip() == "searching"
    process.send_signal(signal.SIGTERM)
    assert client.communicate(timeout=20)[0].strip() == "200"
    assert process.stdout.read().strip() == "closed"
    process.wait(20)


def test_a_body_that_lies_about_its_length_does_not_stop_the_service(process):
    address = process.stdout.readline().strip()
    port = int(address.rstrip("/").rpartition(":")[2])
    head = "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    for length, status in (("99999999999", b" 413 "), ("-5", b" 400 "), ("9" * 50, b" 400 "), ("x", b" 400 ")):
        with socket.create_connection(("127.0.0.1", port), 10) as connection:
            connection.sendall(f"{head}Content-Length: {length}\r\n\r\n{{}}".encode())
            assert status in connection.recv(100), length
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
    assert httpx.get(f"{address}v1/search?q=shoe").json()["total"] == 1


def test_an_address_that_is_taken_is_one_clear_error():
    with bind(ServeSettings(port=0)) as taken, pytest.raises(SettingError, match="cannot serve on 127"):
        bind(ServeSettings(port=taken.getsockname()[1]))


@pytest.mark.parametrize("host", ["256.1.1.1", "no such host", "203.0.113.7"])
def test_an_address_that_is_not_ours_is_one_clear_error(host):
    with pytest.raises(SettingError, match="cannot serve on"):
        bind(ServeSettings(host=host, port=0))


def test_answers_are_not_held_back_by_nagle():
    with bind(ServeSettings(port=0)) as listener:
        assert listener.proto == socket.IPPROTO_TCP
