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
