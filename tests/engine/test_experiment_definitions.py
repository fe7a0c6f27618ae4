from __future__ import annotations

import pytest

from bowerbird.domain.errors import InputError
from bowerbird.engine.experiment_definitions import definition_record, read_definition

AB = {
    "name": "round",
    "arms": [{"name": "plain", "rank": "relevance"}, {"name": "new", "rank": "learned", "model": "turned"}],
    "goal": "clicks",
}
SIDES = {"name": "sides", "kind": "interleaving", "arms": AB["arms"]}


def test_a_definition_is_read_as_it_is_written():
    for given in (AB, SIDES, {**AB, "guards": [{"metric": "orders", "loss": 0.1}], "share": 0.5}):
        definition = read_definition(given)
        assert read_definition(definition_record(definition)) == definition


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "a/b"}, "name"),
        ({"name": None}, "name"),
        ({"kind": "other"}, "kind"),
        ({"goal": None}, "goal"),
        ({"share": 1.5}, "share"),
        ({"share": True}, "share"),
        ({"least": 1}, "least"),
        ({"target": 0}, "target"),
        ({"trafic": 1}, None),
        ({"arms": AB["arms"][:1]}, "arms"),
        ({"arms": [AB["arms"][0]] * 2}, "arms[1].name"),
        ({"arms": [AB["arms"][0], {"name": "new", "rank": "other"}]}, "arms[1].rank"),
        ({"arms": [AB["arms"][0], {"name": "new", "rank": "default", "model": "x"}]}, "arms[1].model"),
        ({"arms": [AB["arms"][0], {"name": "new", "rank": "learned", "model": "../x"}]}, "arms[1].model"),
        ({"arms": [AB["arms"][0], {**AB["arms"][1], "weight": 0}]}, "arms[1].weight"),
        ({"guards": [{"metric": "orders", "loss": -1}]}, "guards[0].loss"),
        ({"guards": [{"metric": "orders", "higher_is_better": 1}]}, "guards[0].higher_is_better"),
        ({"kind": "interleaving"}, "goal"),
    ],
)
def test_a_definition_that_is_none_names_its_place(change, field):
    with pytest.raises(InputError) as caught:
        read_definition({**AB, **change})
    assert caught.value.field == ("definition" if field is None else f"definition.{field}")


@pytest.mark.parametrize(("slip", "meant"), [("clics", "clicks"), ("Orders", "orders"), ("no_results", "no_result")])
def test_a_metric_that_is_nearly_a_known_one_is_refused_naming_it_unless_it_was_taken_before(slip, meant):
    for change, field in (({"goal": slip}, "goal"), ({"guards": [{"metric": slip}]}, "guards[0].metric")):
        with pytest.raises(InputError) as caught:
            read_definition({**AB, **change})
        assert (caught.value.field, caught.value.expected) == (f"definition.{field}", meant)
        assert read_definition({**AB, **change}, stored=True).name == "round"


@pytest.mark.parametrize("metric", ["basket", "clicked", "took_s", "first_clicks"])
def test_any_other_metric_may_be_a_goal(metric):
    assert read_definition({**AB, "goal": metric}).experiment.goal == metric


def test_of_which_metrics_less_is_better_is_known_and_can_be_told():
    guards = [{"metric": name} for name in ("no_result", "took_ms", "orders", "basket")]
    guards.append({"metric": "no_result", "higher_is_better": True})
    found = read_definition({**AB, "guards": guards}).experiment.guards
    assert [guard.higher_is_better for guard in found] == [False, False, True, True, True]
