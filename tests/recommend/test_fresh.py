from __future__ import annotations

from dataclasses import replace

from recommend_world import DAY, NOW, build_view, products

from bowerbird.recommend.fresh import FirstSeen
from bowerbird.recommend.interactions import keys_of


def newest(first_seen):
    chart = first_seen.chart()
    return [int(chart.keys[place]) for place in chart.head]


def test_what_was_there_before_came_when_it_was_last_updated(tmp_path):
    made = products()[:4]
    made[1] = replace(made[1], updated_at="2023-11-01T00:00:00+00:00")
    made[2] = replace(made[2], updated_at="2999-01-01T00:00:00+00:00")
    first_seen = FirstSeen()
    assert first_seen.look(build_view(tmp_path / "one", made), NOW)
    assert first_seen.times_of(keys_of([made[2].id]))[0] == NOW
    order = keys_of([made[2].id, made[1].id, made[3].id, made[0].id]).tolist()
    assert newest(first_seen) == order


def test_what_comes_later_is_newer_and_writing_it_again_makes_nothing_new(tmp_path):
    made = products()[:4]
    first_seen = FirstSeen()
    first_seen.look(build_view(tmp_path / "one", made[:3]), NOW)
    later = build_view(tmp_path / "two", [made[2], made[1], made[0], made[3]])
    assert first_seen.is_behind(later)
    assert first_seen.look(later, NOW + DAY)
    assert newest(first_seen)[0] == int(keys_of([made[3].id])[0])
    assert first_seen.times_of(keys_of([made[3].id, made[0].id])).tolist()[0] == NOW + DAY
    assert not first_seen.look(later, NOW + 2 * DAY)
    assert not first_seen.is_behind(later)


def test_what_is_kept_comes_back_the_same(tmp_path):
    first_seen = FirstSeen()
    first_seen.look(build_view(tmp_path / "one", products()[:4]), NOW)
    again = FirstSeen.of_arrays(first_seen.to_arrays())
    assert newest(again) == newest(first_seen)
    assert not again.look(build_view(tmp_path / "two", products()[:4]), NOW + DAY)
