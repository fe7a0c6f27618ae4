import logging

import pytest

from bowerbird.rank.faults import Faults


def test_a_fault_is_reported_once_and_counted_each_time(caplog: pytest.LogCaptureFixture) -> None:
    faults = Faults()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            faults.note("model", ValueError("of another version"))
        faults.note("rule:summer", "no field 'season'")
    assert faults.counts == {"model": 3, "rule:summer": 1}
    assert [record.getMessage() for record in caplog.records] == [
        "ranking goes on without model: of another version",
        "ranking goes on without rule:summer: no field 'season'",
    ]
