"""Nobody waits for a swap: searches and writes go on while an index is built beside the one in use."""

from __future__ import annotations

import threading

import pytest
from engine_world import (
    CountedTexts,
    ask,
    becomes_true,
    everything,
    fake_models,
    generations,
    ids,
    lamps,
    open_fake_shop,
)

from bowerbird.domain.errors import DiskFullError, ModelError
from bowerbird.engine import keep_up, keeper
from bowerbird.engine.assemble import open_shop
from bowerbird.index.embedded import EmbeddedIndex


class Asking:
    """Threads that search without a pause and keep what went wrong."""

    def __init__(self, engine, queries, threads=2):
        self.engine, self.queries = engine, queries
        self.faults, self.answers = [], 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(threads)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self):
        while not self._stop.is_set():
            for query, right in self.queries:
                try:
                    found = [hit.product.id for hit in self.engine.search(query).hits]
                    if right not in found:
                        self.faults.append((query.wish.text, found))
                except Exception as error:
                    self.faults.append(error)
                self.answers += 1


def test_searches_go_on_while_the_index_is_built_anew(own, photo_of):
    queries = [(ask("running shoes"), "runner-swift"), (ask(photos=[photo_of("lamp-teal")]), "lamp-desk")]
    with Asking(own, queries) as asking:
        for number in range(4):
            own.put(lamps(1, first=number))
            own.build(force=True)
    assert asking.faults == [] and asking.answers > 50
    assert len(everything(own)) == 54


def test_writes_while_the_index_is_built_anew_are_not_lost(own):
    stop = threading.Event()
    written = []

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            own.put(lamps(1, first=number))
            written.append(f"lamp-{number}")
            if number % 5 == 0:
                own.delete([f"lamp-{number - 2}"])
                written.remove(f"lamp-{number - 2}")

    thread = threading.Thread(target=write)
    thread.start()
    for _ in range(3):
        own.build(force=True)
    stop.set()
    thread.join()
    expected = set(written)
    assert becomes_true(lambda: {name for name in everything(own) if name != "lamp-desk"} >= expected)
    assert {name for name in everything(own) if name.startswith("lamp-")} - {"lamp-desk"} == expected


@pytest.fixture
def named_models(monkeypatch):
    """Models by name: ``narrow`` and ``wide`` have other widths and fingerprints, ``broken`` cannot be opened."""
    opened = {}

    def open_models(choice, settings=None, progress=None):
        if choice.text == "broken":
            raise ModelError("its files are torn")
        return opened.setdefault(choice.text, fake_models(*{"wide": (96, 3), "narrow": (32, 5)}.get(choice.text, ())))

    monkeypatch.setattr(keeper, "open_models", open_models)
    monkeypatch.setattr(keeper, "WATCH_SECONDS", 0.05)
    return opened


def test_changing_the_model_encodes_again_and_swaps_without_downtime(named_models, shop, photo_of):
    engine = open_shop(shop, fit=False)
    engine.start()
    old = engine.status()["models"]
    photo = photo_of("runner-blue")
    with Asking(engine, [(ask("running shoes"), "runner-swift"), (ask(photos=[photo]), "runner-swift")]) as asking:
        # Another process chooses; the one that serves builds beside and swaps.
        chooser = open_shop(shop, text_model="wide", fit=False)
        assert chooser.build().action == "left to the process that keeps it"
        chooser.close()
        assert becomes_true(lambda: engine.status()["models"] != old, seconds=20)
    assert asking.faults == [] and asking.answers > 10
    assert engine.status()["models"] == named_models["wide"].fingerprints
    # Every photo, and those that were asked with since.
    assert named_models["wide"].text.encoded == 50 and named_models["wide"].image.encoded >= 71
    assert len(everything(engine)) == 50
    engine.put(lamps(1, word="Zorple"))
    assert becomes_true(lambda: ids(engine, "zorple")[:1] == ["lamp-0"])
    engine.close()
    # The choice stays with the shop, and going back encodes nothing again.
    engine = open_shop(shop, fit=False)
    assert engine.search(ask()).total == 51 and engine.status()["models"] == named_models["wide"].fingerprints
    engine.close()


def test_a_model_that_cannot_be_opened_leaves_the_old_one_in_service(named_models, shop):
    engine = open_shop(shop, fit=False)
    engine.start()
    old = engine.status()["models"]
    chooser = open_shop(shop, text_model="broken", fit=False)
    chooser.build()
    chooser.close()
    with pytest.raises(ModelError):
        engine.build()
    with pytest.raises(ModelError):
        engine.build()
    assert engine.status()["models"] == old
    assert ids(engine, "running shoes")[0] == "runner-swift"
    engine.put(lamps(1, word="Zorple"))
    assert becomes_true(lambda: ids(engine, "zorple")[:1] == ["lamp-0"])
    # A choice that can be had is taken after all.
    chooser = open_shop(shop, text_model="narrow", fit=False)
    chooser.build()
    chooser.close()
    assert becomes_true(lambda: engine.status()["models"] == fake_models(32, 5).fingerprints, seconds=20)
    engine.close()


def test_a_build_that_fails_leaves_the_index_in_service_and_nothing_behind(own, shop, monkeypatch):
    before, shown = generations(shop), everything(own)

    def full(*_):
        raise DiskFullError("no space is left")

    for step in ("swap_in", "encode_all", "build_generation"):
        with monkeypatch.context() as patch:
            patch.setattr(keeper, step, full)
            with pytest.raises(DiskFullError):
                own.build(force=True)
        assert generations(shop) == before
        assert everything(own) == shown
    own.put(lamps(1, word="Zorple"))
    assert becomes_true(lambda: ids(own, "zorple")[:1] == ["lamp-0"])


def test_a_fault_of_the_follower_is_shown_and_mended_by_itself(own, monkeypatch):
    monkeypatch.setattr(keep_up, "RETRY_SECONDS", 0.05)
    apply = type(own._keeper.opened.index).apply
    refuse = threading.Event()
    refuse.set()

    def sometimes(self, *given):
        if refuse.is_set():
            raise DiskFullError("no space is left")
        apply(self, *given)

    monkeypatch.setattr(type(own._keeper.opened.index), "apply", sometimes)
    own.put(lamps(1, word="Zorple"))
    assert becomes_true(lambda: own.status()["fault"] == "no space is left")
    assert len(everything(own)) == 50
    refuse.clear()
    assert becomes_true(lambda: ids(own, "zorple")[:1] == ["lamp-0"])
    assert becomes_true(lambda: own.status()["fault"] is None)


def test_a_shop_whose_index_cannot_be_brought_up_to_date_answers_with_what_it_has(shop, monkeypatch):
    writer = open_fake_shop(shop)
    writer.put(lamps(1, word="Zorple"))
    writer.close()
    monkeypatch.setattr(keep_up, "RETRY_SECONDS", 0.05)
    with monkeypatch.context() as patch:

        def refuse(*_):
            raise DiskFullError("no space is left")

        patch.setattr(EmbeddedIndex, "apply", refuse)
        engine = open_fake_shop(shop)
        assert ids(engine, "running shoes")[0] == "runner-swift"
        assert becomes_true(lambda: engine.status()["fault"] == "no space is left")
        with pytest.raises(DiskFullError):
            engine.build()
    assert becomes_true(lambda: ids(engine, "zorple")[:1] == ["lamp-0"])
    engine.close()


class Stumbling(CountedTexts):
    """An encoder that breaks as no encoder should."""

    def encode(self, texts):
        raise RuntimeError("a fault that nobody thought of")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_follower_that_dies_says_so(own, monkeypatch):
    monkeypatch.setattr(own._keeper.opened.maker.models.text, "encode", Stumbling().encode)
    own.put(lamps(1))
    assert becomes_true(lambda: own.status()["fault"] is not None)
    assert ids(own, "running shoes")[0] == "runner-swift"
