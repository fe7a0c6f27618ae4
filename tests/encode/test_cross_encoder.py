"""Cross-encoders in the hub's format give, without torch, the numbers they give in torch."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from tiny_models import TEXTS, make_cross_encoder, make_sentence_transformer

from bowerbird.domain.errors import ModelError
from bowerbird.domain.ports import CrossEncoder
from bowerbird.encode import quantise
from bowerbird.encode.cross_encoder import OnnxCrossEncoder, load_cross_encoder
from bowerbird.encode.hub import obtain_model
from bowerbird.encode.model_folder import read_manifest
from bowerbird.encode.models import ModelSettings
from bowerbird.encode.text import OnnxTextEncoder

pytest.importorskip("torch")
pytestmark = [pytest.mark.models, pytest.mark.filterwarnings("default")]

QUERY = "red shoes for women"
FAMILIES = ["bert", "xlm_roberta", "distilbert"]


def in_torch(model, tokenizer, query: str, texts: list[str]) -> np.ndarray:
    import torch

    given = tokenizer([query] * len(texts), texts, padding=True, truncation=True, max_length=32, return_tensors="pt")
    with torch.no_grad():
        return model(**{name: given[name] for name in tokenizer.model_input_names}).logits[:, 0].numpy()


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """No loss is small enough for int8."""
    monkeypatch.setattr(quantise, "MAX_LOSS", -1.0)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """One model that is converted for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("cross")
    model, tokenizer = make_cross_encoder(folder / "hub")
    settings = ModelSettings(folder=folder / "models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quantise, "MAX_LOSS", -1.0)
        encoder = load_cross_encoder(folder / "hub", settings)
    return SimpleNamespace(folder=folder, settings=settings, model=model, tokenizer=tokenizer, encoder=encoder)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.usefixtures("exact")
def test_a_cross_encoder_gives_the_numbers_it_gives_in_torch(tmp_path: Path, family: str) -> None:
    model, tokenizer = make_cross_encoder(tmp_path / family, family)
    encoder = load_cross_encoder(tmp_path / family, ModelSettings(folder=tmp_path / "models"))
    texts = [*TEXTS, "a red bag with the steel lamp " * 20]
    wanted = in_torch(model, tokenizer, QUERY, texts)
    found = encoder.score(QUERY, texts)
    assert found.shape == (len(texts),)
    assert found.dtype == np.float32
    assert np.ptp(wanted) > 0.1
    np.testing.assert_allclose(found, wanted, atol=1e-4)


def test_int8_is_kept_only_where_the_order_stays(tmp_path: Path) -> None:
    model, tokenizer = make_cross_encoder(tmp_path / "hub")
    settings = ModelSettings(folder=tmp_path / "models")
    encoder = load_cross_encoder(tmp_path / "hub", settings)
    measured = encoder.manifest.measured
    assert encoder.manifest.text is not None
    assert encoder.manifest.text.precision == ("int8" if measured["accepted"] else "fp32")
    found, wanted = encoder.score(QUERY, TEXTS), in_torch(model, tokenizer, QUERY, TEXTS)
    assert np.corrcoef(found, wanted)[0, 1] > 0.95


def test_a_pair_gives_the_same_number_whatever_stands_beside_it(converted: SimpleNamespace) -> None:
    together = converted.encoder.score(QUERY, TEXTS)
    alone = [float(converted.encoder.score(QUERY, [text])[0]) for text in TEXTS]
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_which_text_is_the_query_matters(converted: SimpleNamespace) -> None:
    there, back = (converted.encoder.score(*pair)[0] for pair in ((QUERY, [TEXTS[1]]), (TEXTS[1], [QUERY])))
    assert abs(float(there - back)) > 1e-4


def test_no_texts_give_no_numbers(converted: SimpleNamespace) -> None:
    assert converted.encoder.score(QUERY, []).shape == (0,)


def test_it_is_what_ranking_asks_for(converted: SimpleNamespace) -> None:
    encoder: CrossEncoder = converted.encoder
    assert encoder.fingerprint


def test_it_is_converted_once(converted: SimpleNamespace) -> None:
    folder = obtain_model(converted.folder / "hub", "pair", converted.settings)
    written = (folder / "manifest.json").stat().st_mtime_ns
    again = load_cross_encoder(converted.folder / "hub", converted.settings)
    assert (folder / "manifest.json").stat().st_mtime_ns == written
    assert again.fingerprint == converted.encoder.fingerprint
    assert read_manifest(folder).kind == "pair"


def test_cutting_it_shorter_makes_it_another_model(converted: SimpleNamespace) -> None:
    folder = obtain_model(converted.folder / "hub", "pair", converted.settings)
    assert OnnxCrossEncoder(folder, max_length=8).fingerprint != OnnxCrossEncoder(folder).fingerprint


def test_a_cross_encoder_is_no_text_encoder(converted: SimpleNamespace, tmp_path: Path) -> None:
    folder = obtain_model(converted.folder / "hub", "pair", converted.settings)
    with pytest.raises(ModelError, match="holds no text model"):
        OnnxTextEncoder(folder)
    make_sentence_transformer(tmp_path)
    with pytest.raises(ModelError, match="no cross-encoder"):
        OnnxCrossEncoder(obtain_model(tmp_path / "st", "text", ModelSettings(folder=tmp_path / "models")))


def test_an_onnx_graph_is_taken_as_it_is_and_needs_no_torch(
    converted: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, source = obtain_model(converted.folder / "hub", "pair", converted.settings), converted.folder / "hub"
    (tmp_path / "ready" / "onnx").mkdir(parents=True)
    shutil.copy(made / "text.onnx", tmp_path / "ready" / "onnx" / "model.onnx")
    for name in ("config.json", "tokenizer_config.json"):
        shutil.copy(source / name, tmp_path / "ready" / name)
    shutil.copy(made / "tokenizer.json", tmp_path / "ready" / "tokenizer.json")
    monkeypatch.setattr("bowerbird.encode.export_onnx.require_train_extra", lambda what: pytest.fail(what))
    encoder = load_cross_encoder(tmp_path / "ready", ModelSettings(folder=tmp_path / "models"))
    np.testing.assert_allclose(encoder.score(QUERY, TEXTS), converted.encoder.score(QUERY, TEXTS), atol=1e-6)
    assert not (tmp_path / "models").exists()


def test_a_classifier_of_several_labels_is_refused(tmp_path: Path) -> None:
    make_cross_encoder(tmp_path / "three", labels=3)
    with pytest.raises(ModelError, match="gives 3 numbers"):
        load_cross_encoder(tmp_path / "three", ModelSettings(folder=tmp_path / "models"))


def test_a_model_without_a_head_for_pairs_is_refused(tmp_path: Path) -> None:
    make_cross_encoder(tmp_path / "hub")
    config = tmp_path / "hub" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"architectures": ["BertModel"]}))
    with pytest.raises(ModelError, match="no cross-encoder"):
        load_cross_encoder(tmp_path / "hub", ModelSettings(folder=tmp_path / "models"))
