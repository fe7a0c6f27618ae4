"""The steps on tiny shops with fake encoders: what is done is not done again, what is missing is made."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace

import pytest

from bowerbird.demo import flow, pictures
from bowerbird.demo.catalogue import MEDIA, photos_of
from bowerbird.demo.crowd import recording
from bowerbird.demo.crowd.files import read_about, read_events
from bowerbird.demo.crowd.visit import DAY
from bowerbird.demo.flow import DemoSettings, make_demo
from bowerbird.demo.invent import invent
from bowerbird.demo.stamps import fingerprint
from bowerbird.demo.truth import read_truth
from bowerbird.domain.errors import BowerbirdError, InputError, MissingExtraError, SettingError
from bowerbird.domain.query import Query, Wish
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.models import Models
from bowerbird.events.log import EventLog
from bowerbird.testing.fakes import ColourShapeImageEncoder, HashingTextEncoder

TEXTS = DemoSettings(products=30, pictures=False, shoppers=8)
NOW = 1_790_000_000.0


def fakes():
    return Models(text=HashingTextEncoder(), image=ColourShapeImageEncoder(), built_in=False)


class Stages:
    """A progress that remembers which stages were heard of, and how far they got."""

    def __init__(self):
        self.heard = {}

    def __call__(self, stage, done, total=None):
        self.heard[stage] = (done, total)


def titles(shop, text=""):
    with closing(open_shop(shop, models=fakes(), fit=False)) as engine:
        return [hit.product.title for hit in engine.search(Query(Wish(text), per_page=100)).hits]


def test_a_folder_comes_to_hold_a_shop_that_is_searched(tmp_path):
    stages = Stages()
    demo = make_demo(tmp_path / "demo", TEXTS, stages, fakes())
    assert demo.imported.new == 30 and demo.imported.rejected == 0
    assert stages.heard["inventing products"] == (30, 30)
    truths = list(read_truth(demo.catalogue))
    assert len(truths) == len(titles(demo.shop)) == 30
    assert "Mouse" in titles(demo.shop, "mouse")[0]


def test_a_second_start_finds_everything_done(tmp_path):
    make_demo(tmp_path, TEXTS, models=fakes())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    stages = Stages()
    again = make_demo(tmp_path, TEXTS, stages, fakes())
    assert again.imported is None and again.built is None and stages.heard == {}
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_start_that_was_broken_off_goes_on(tmp_path, monkeypatch):
    def broken(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(flow, "_take_in", broken)
        with pytest.raises(KeyboardInterrupt):
            make_demo(tmp_path, TEXTS, models=fakes())
    stages = Stages()
    demo = make_demo(tmp_path, TEXTS, stages, fakes())
    assert "inventing products" not in stages.heard
    assert demo.imported.new == 30


def logged(shop):
    with closing(EventLog.open(shop)) as log:
        return [one.event.id for batch in log.iterate() for one in batch]


def test_what_shoppers_did_is_in_the_log_once_even_when_recording_is_broken_off(tmp_path, monkeypatch):
    demo = make_demo(tmp_path, replace(TEXTS, shoppers=0), models=fakes())
    assert logged(demo.shop) == [] and demo.recorded == 0

    class Broken(Exception):
        pass

    def broken(stage, done, total=None):
        if stage == "recording events":
            raise Broken

    monkeypatch.setattr(recording, "_BATCH", 50)
    with pytest.raises(Broken):
        make_demo(tmp_path, TEXTS, broken, fakes())
    assert len(logged(demo.shop)) == 50
    again = make_demo(tmp_path, TEXTS, models=fakes())
    told = [event.id for event in read_events(demo.shoppers)]
    assert logged(demo.shop) == told and again.recorded == len(told) - 50


def test_what_another_crowd_did_is_forgotten(tmp_path):
    demo = make_demo(tmp_path, TEXTS, models=fakes())
    before = logged(demo.shop)
    make_demo(tmp_path, replace(TEXTS, shoppers=5), models=fakes())
    after = logged(demo.shop)
    assert after == [event.id for event in read_events(demo.shoppers)] and len(after) < len(before)
    make_demo(tmp_path, replace(TEXTS, shoppers=0), models=fakes())
    assert logged(demo.shop) == []


def test_recommenders_are_trained_once_where_there_are_enough_shoppers(tmp_path, monkeypatch):
    pytest.importorskip("implicit")
    few = make_demo(tmp_path / "few", TEXTS, models=fakes())
    assert not (few.shop / "recommending" / "models").exists()
    stages = Stages()
    monkeypatch.setattr(flow, "_QUICK", ("factors",))
    settings = DemoSettings(products=120, pictures=False, shoppers=300)
    demo = make_demo(tmp_path / "many", settings, stages, fakes())
    with closing(open_shop(demo.shop, models=fakes(), fit=False)) as engine:
        assert [one.name.split("/")[0] for one in engine.recommenders.all()] == ["factors"]
    about = json.loads((tmp_path / "many" / "demo.json").read_text("utf-8"))
    (tmp_path / "many" / "demo.json").write_text(json.dumps(about | {"made_by": None}), "utf-8")
    again = Stages()
    make_demo(tmp_path / "many", settings, again, fakes())
    assert "factorising" in stages.heard and "factorising" not in again.heard


def test_shoppers_have_been_there_until_now_and_are_not_invented_again(tmp_path):
    stages = Stages()
    demo = make_demo(tmp_path, TEXTS, stages, fakes(), now=NOW)
    about = read_about(demo.shoppers)
    assert stages.heard["inventing shoppers"] == (8, 8) and about.shoppers == 8 and about.end == NOW
    assert 0 <= NOW - max(event.at for event in read_events(demo.shoppers)) < 20 * DAY
    about_demo = json.loads((tmp_path / "demo.json").read_text("utf-8"))
    (tmp_path / "demo.json").write_text(json.dumps(about_demo | {"made_by": None}), "utf-8")
    stages = Stages()
    make_demo(tmp_path, TEXTS, stages, fakes(), now=NOW + DAY)
    assert "inventing shoppers" not in stages.heard and read_about(demo.shoppers) == about


def test_more_shoppers_leave_the_catalogue_as_it_is(tmp_path):
    make_demo(tmp_path, TEXTS, models=fakes())
    stages = Stages()
    demo = make_demo(tmp_path, replace(TEXTS, shoppers=9), stages, fakes())
    assert "inventing products" not in stages.heard and demo.imported.unchanged == 30
    assert read_about(demo.shoppers).shoppers == 9


def test_another_seed_or_size_makes_the_shop_anew(tmp_path):
    make_demo(tmp_path, TEXTS, models=fakes())
    demo = make_demo(tmp_path, DemoSettings(products=20, seed=7, pictures=False, shoppers=0), models=fakes())
    assert (demo.imported.unchanged, demo.imported.removed) == (20, 10)
    demo = make_demo(tmp_path, DemoSettings(products=20, seed=8, pictures=False, shoppers=0), models=fakes())
    assert demo.imported.unchanged == 0 and len(titles(demo.shop)) == 20


def test_a_shop_of_somebody_else_is_left_alone(tmp_path):
    open_shop(tmp_path / "shop", models=fakes()).close()
    with pytest.raises(InputError, match="did not make"):
        make_demo(tmp_path, TEXTS, models=fakes())
    assert not (tmp_path / "catalogue").exists()


def test_numbers_that_make_no_shop_are_refused(tmp_path):
    with pytest.raises(SettingError, match="too few"):
        make_demo(tmp_path, DemoSettings(products=0))
    with pytest.raises(SettingError, match="not a seed"):
        make_demo(tmp_path, DemoSettings(seed=-1))
    with pytest.raises(SettingError, match="number of shoppers"):
        make_demo(tmp_path, DemoSettings(shoppers=-1))
    assert list(tmp_path.iterdir()) == []


def test_without_the_drawing_library_the_extra_is_named_and_nothing_begun(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "skia", None)
    with pytest.raises(MissingExtraError, match=r"--no-pictures.*bowerbird\[demo\]"):
        make_demo(tmp_path, DemoSettings(products=3))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_of_the_system_is_said_with_what_to_install(monkeypatch, tmp_path):
    (tmp_path / "skia.py").write_text("raise ImportError('libGL.so.1: cannot open shared object file')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(__import__("sys").modules, "skia", raising=False)
    with pytest.raises(BowerbirdError, match=r"libGL.*apt install libgl1 libegl1.*--no-pictures"):
        pictures.check_drawing()


def test_pictures_are_drawn_found_and_not_drawn_again(tmp_path):
    pytest.importorskip("skia")
    settings, stages = DemoSettings(products=4, shoppers=0), Stages()
    demo = make_demo(tmp_path, settings, stages, fakes())
    media = demo.catalogue / MEDIA
    files = sorted(path.name for path in media.glob("*.jpg"))
    assert files == sorted(file for truth in read_truth(demo.catalogue) for file in truth.photos)
    assert demo.imported.photos.stored == len(files) and demo.imported.photos.missing == 0
    assert stages.heard["drawing pictures"] == (4, 4)

    (media / files[0]).unlink()
    drawn = {path.name: path.stat().st_mtime_ns for path in media.glob("*.jpg")}
    pictures.draw_pictures(media, settings.seed, 4, lambda done, total: None, processes=1)
    assert sorted(path.name for path in media.glob("*.jpg")) == files
    assert {name: (media / name).stat().st_mtime_ns for name in drawn} == drawn


def test_pictures_of_another_seed_are_drawn_anew(tmp_path):
    pytest.importorskip("skia")
    (tmp_path / "old-1-0.jpg").write_bytes(b"of another seed")
    (tmp_path / ".drawn").write_text("something else")
    pictures.draw_pictures(tmp_path, 7, 1, lambda done, total: None, processes=1)
    assert {path.name for path in tmp_path.glob("*.jpg")} == {photo.file for photo in photos_of(invent(7, 0))}


def test_what_made_a_file_is_its_code_and_its_settings():
    assert fingerprint(("look.py",), 1) == fingerprint(("look.py",), 1)
    assert len({fingerprint(("look.py",), 1), fingerprint(("look.py",), 2), fingerprint(("kinds",), 1)}) == 3


def test_the_folder_says_what_it_is(tmp_path):
    make_demo(tmp_path, TEXTS, models=fakes())
    about = json.loads((tmp_path / "demo.json").read_text("utf-8"))
    assert (about["kind"], about["products"], about["seed"], about["pictures"]) == ("bowerbird demo", 30, 7, False)
