"""Models in the hub's formats give, without torch, what they give in torch."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_models import TEXTS, make_sentence_transformer, make_two_towers

from bowerbird.domain.errors import ModelError
from bowerbird.encode.hub import load_image_model, load_joint_model, load_text_model, obtain_model
from bowerbird.encode.model_folder import read_manifest
from bowerbird.encode.models import ModelSettings

pytest.importorskip("torch")
pytestmark = [pytest.mark.models, pytest.mark.filterwarnings("default")]


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def photos() -> list[Image.Image]:
    rng = np.random.default_rng(5)
    sizes = [(64, 64), (90, 47), (40, 101), (33, 200)]
    return [Image.fromarray(rng.integers(0, 255, (9, 9, 3), dtype=np.uint8)).resize(size) for size in sizes]


@pytest.mark.parametrize(("pooling", "dense"), [("mean", None), ("cls", 20), ("max", None)])
def test_a_sentence_transformer_gives_the_vectors_it_gives_in_torch(
    tmp_path: Path, pooling: str, dense: int | None
) -> None:
    model = make_sentence_transformer(tmp_path, pooling, dense)
    encoder = load_text_model(tmp_path / "st", ModelSettings(folder=tmp_path / "models"))
    assert encoder.dim == (dense or 32)
    assert cosines(encoder.encode(TEXTS), model.encode(TEXTS)).min() > 0.99
    part = read_manifest(obtain_model(tmp_path / "st", "text", ModelSettings(folder=tmp_path / "models"))).text
    assert part is not None
    assert part.max_length == 24
    if part.precision == "fp32":
        assert cosines(encoder.encode(TEXTS), model.encode(TEXTS)).min() > 0.9999


def test_prefixes_come_from_the_models_own_prompts(tmp_path: Path) -> None:
    model = make_sentence_transformer(tmp_path, prompts={"query": "query: ", "document": "passage: "})
    encoder = load_text_model(tmp_path / "st", ModelSettings(folder=tmp_path / "models"))
    want = model.encode(["red shoes"], prompt_name="query")
    assert cosines(encoder.encode_query("red shoes")[None], want)[0] > 0.99
    assert cosines(encoder.encode(["red shoes"]), model.encode(["red shoes"], prompt_name="document"))[0] > 0.99
    assert cosines(encoder.encode(["red shoes"]), want)[0] < 0.99


@pytest.mark.parametrize("family", ["clip", "siglip", "chinese_clip"])
def test_both_halves_of_a_joint_model_agree_with_torch(tmp_path: Path, family: str) -> None:
    import torch

    model, tokenizer, processor = make_two_towers(tmp_path / family, family)
    joint = load_joint_model(tmp_path / family, ModelSettings(folder=tmp_path / "models"))
    padding = "max_length" if family == "siglip" else "longest"
    given = tokenizer(TEXTS, padding=padding, truncation=True, max_length=16, return_tensors="pt")
    mask = {} if family == "siglip" else {"attention_mask": given["attention_mask"]}
    with torch.no_grad():
        texts = model.get_text_features(input_ids=given["input_ids"], **mask).pooler_output.numpy()
        pixels = torch.from_numpy(np.stack(processor(images=photos(), return_tensors="np")["pixel_values"]))
        images = model.get_image_features(pixel_values=pixels).pooler_output.numpy()
    found = joint.text.encode(TEXTS)
    assert joint.text.dim == joint.image.dim == texts.shape[1]
    exact = joint.text.manifest.text is not None and joint.text.manifest.text.precision == "fp32"
    assert cosines(found, texts).min() > (0.9999 if exact else 0.98)
    assert cosines(joint.image.encode(photos()), images).min() > 0.9999
    np.testing.assert_allclose(np.linalg.norm(joint.image.encode(photos()), axis=1), 1, atol=1e-4)


def test_one_half_of_a_joint_model_can_be_had_alone(tmp_path: Path) -> None:
    make_two_towers(tmp_path / "clip", "clip")
    settings = ModelSettings(folder=tmp_path / "models")
    assert load_image_model(tmp_path / "clip", settings).encode(photos()).shape == (4, 24)
    folder = obtain_model(tmp_path / "clip", "image", settings)
    assert not (folder / "text.onnx").exists()


def test_a_model_is_converted_once_and_again_when_its_files_change(tmp_path: Path) -> None:
    make_two_towers(tmp_path / "clip", "clip")
    settings = ModelSettings(folder=tmp_path / "models")
    first = obtain_model(tmp_path / "clip", "image", settings)
    written = (first / "manifest.json").stat().st_mtime_ns
    assert obtain_model(tmp_path / "clip", "image", settings) == first
    assert (first / "manifest.json").stat().st_mtime_ns == written
    config = tmp_path / "clip" / "preprocessor_config.json"
    content = json.loads(config.read_text()) | {"image_mean": [0.1, 0.1, 0.1]}
    config.write_text(json.dumps(content))
    second = obtain_model(tmp_path / "clip", "image", settings)
    assert second != first
    assert read_manifest(second).fingerprint != read_manifest(first).fingerprint


def test_a_converted_folder_is_itself_a_model(tmp_path: Path) -> None:
    make_two_towers(tmp_path / "clip", "clip")
    folder = obtain_model(tmp_path / "clip", "image", ModelSettings(folder=tmp_path / "models"))
    assert obtain_model(folder, "image", ModelSettings(folder=tmp_path / "elsewhere")) == folder


@pytest.mark.parametrize("name", ["./nowhere", "/no/such/folder", "what is this?"])
def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match="no such folder") as refused:
        load_text_model(name, ModelSettings(folder=tmp_path))
    assert "\n" not in str(refused.value)


def test_a_hub_name_without_a_network_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    with pytest.raises(ModelError, match="nobody/nothing is neither a folder here nor to be had") as refused:
        load_text_model("nobody/nothing", ModelSettings(folder=tmp_path))
    assert "\n" not in str(refused.value)


def test_a_folder_of_something_else_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "config.json").write_text('{"model_type": "whisper"}')
    with pytest.raises(ModelError, match="whisper"):
        load_image_model(tmp_path / "other", ModelSettings(folder=tmp_path / "models"))
    assert list((tmp_path / "models").iterdir()) == []
