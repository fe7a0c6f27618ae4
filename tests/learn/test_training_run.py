import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch")
pytest.importorskip("tensorboard", reason="training logs need tensorboard")

import torch

from bowerbird.domain.errors import ArtefactError, InputError
from bowerbird.learn.training_run import CHECKPOINT, LOGS, TrainingRun, random_states, restore_random_states

PURPOSE = {"model": "test", "seed": 1}


def test_a_new_run_has_nothing_to_resume_from(tmp_path):
    with TrainingRun(tmp_path / "run", PURPOSE) as run:
        assert run.resume() is None


def test_a_run_goes_on_from_what_was_kept_last(tmp_path):
    with TrainingRun(tmp_path, PURPOSE) as run:
        run.keep(1, {"epoch": 1, "weight": torch.zeros(2)})
        run.keep(2, {"epoch": 2, "weight": torch.ones(2)})
    with TrainingRun(tmp_path, PURPOSE) as run:
        state = run.resume()
    assert state is not None
    assert state["epoch"] == 2
    assert state["weight"].tolist() == [1.0, 1.0]


def test_a_run_that_is_done_begins_anew(tmp_path):
    with TrainingRun(tmp_path, PURPOSE) as run:
        run.keep(1, {"epoch": 1})
        run.forget()
        assert run.resume() is None


def test_a_checkpoint_of_another_training_is_refused(tmp_path):
    with TrainingRun(tmp_path, PURPOSE) as run:
        run.keep(1, {"epoch": 1})
    with TrainingRun(tmp_path, {**PURPOSE, "seed": 2}) as run, pytest.raises(InputError, match="other data"):
        run.resume()


def test_a_torn_checkpoint_is_told(tmp_path):
    with TrainingRun(tmp_path, PURPOSE) as run:
        run.keep(1, {"weight": torch.zeros(1000)})
        path = tmp_path / CHECKPOINT
        path.write_bytes(path.read_bytes()[:500])
        with pytest.raises(ArtefactError, match="torn"):
            run.resume()


def test_a_checkpoint_cannot_bring_code_along(tmp_path):
    with TrainingRun(tmp_path, PURPOSE) as run:
        torch.save({"purpose": "x", "step": 0, "state": {"call": print}}, tmp_path / CHECKPOINT)
        with pytest.raises(ArtefactError):
            run.resume()


def test_a_write_that_fails_leaves_the_older_checkpoint(tmp_path):
    with TrainingRun(tmp_path, PURPOSE) as run:
        run.keep(1, {"epoch": 1})
        with pytest.raises((AttributeError, TypeError, RuntimeError)):
            run.keep(2, {"epoch": 2, "cannot": (one for one in ())})
        state = run.resume()
    assert state is not None
    assert state["epoch"] == 1


def test_what_a_kill_left_half_written_is_removed(tmp_path):
    half = tmp_path / f".{CHECKPOINT}.0123abcd.tmp"
    half.write_bytes(b"half")
    with TrainingRun(tmp_path, PURPOSE):
        assert not half.exists()


def test_both_generators_go_on_where_they_were(tmp_path):
    rng = np.random.default_rng(3)
    with torch.random.fork_rng(devices=[]), TrainingRun(tmp_path, PURPOSE) as run:
        torch.manual_seed(3)
        rng.random(7), torch.rand(7)
        run.keep(1, {"random": random_states(rng)})
        first = rng.random(3).tolist(), torch.rand(3).tolist()
        state = run.resume()
        assert state is not None
        fresh = np.random.default_rng(0)
        restore_random_states(fresh, state["random"])
        assert (fresh.random(3).tolist(), torch.rand(3).tolist()) == first


def test_logs_are_tensorboards(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    with TrainingRun(tmp_path, PURPOSE) as run:
        for step in (1, 2, 3):
            run.log(step, {"loss": 1.0 / step})
        run.keep(3, {})
    events = EventAccumulator(str(tmp_path / LOGS))
    events.Reload()
    assert [(one.step, round(one.value, 4)) for one in events.Scalars("loss")] == [(1, 1.0), (2, 0.5), (3, 0.3333)]
