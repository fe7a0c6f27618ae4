"""The built-in encoders hold their contracts and know like from unlike."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bowerbird.domain.errors import MissingExtraError, ModelError, PhotoError
from bowerbird.domain.ports import ImageEncoder, TextEncoder
from bowerbird.encode.build import ensure_models, list_models
from bowerbird.encode.calibration_texts import label_names
from bowerbird.encode.colour import COLOUR_DIM
from bowerbird.encode.image import OnnxImageEncoder, fit, label_prior
from bowerbird.encode.model_folder import ImagePart, read_manifest
from bowerbird.encode.models import ModelPaths, ModelSettings
from bowerbird.encode.text import OnnxTextEncoder
from bowerbird.testing.encoder_contract import ImageEncoderContract, TextEncoderContract

pytestmark = pytest.mark.models

PART = ImagePart(dim=0, size=(292, 292), crop=(260, 260), mean=(0.0,) * 3, std=(1.0,) * 3, round_longer_side=True)


class TestTextEncoder(TextEncoderContract):
    @pytest.fixture(autouse=True)
    def _models(self, built_in_models: ModelPaths) -> None:
        self.folder = built_in_models.text

    def make(self) -> TextEncoder:
        return OnnxTextEncoder(self.folder, max_length=128)


class TestImageEncoder(ImageEncoderContract):
    @pytest.fixture(autouse=True)
    def _models(self, built_in_models: ModelPaths) -> None:
        self.folder = built_in_models.image

    def make(self) -> ImageEncoder:
        return OnnxImageEncoder(self.folder)


def test_meaning_not_spelling_makes_texts_alike(text_encoder: OnnxTextEncoder) -> None:
    texts = text_encoder.encode(["crimson sneakers for jogging", "electric kettle", "notebook computer"])
    assert (texts @ text_encoder.encode_query("red running shoes")).argmax() == 0
    assert (texts @ text_encoder.encode_query("laptop")).argmax() == 2


@pytest.mark.parametrize("text", ["红色条纹手提包", "蓝色跑步鞋", "ネックレス", "\U0001f45c", "蓝色跑步 bag"])
def test_a_query_in_words_the_model_does_not_know_is_nowhere(text_encoder, text):
    assert not text_encoder.encode_query(text).any()


@pytest.mark.parametrize("text", ["", "zorple", "naïve café", "красный", "red 包", "7 up"])
def test_a_query_that_can_be_read_is_a_unit_vector(text_encoder, text):
    assert np.linalg.norm(text_encoder.encode_query(text)) == pytest.approx(1, abs=1e-3)


def test_bulk_and_single_encoding_agree(text_encoder: OnnxTextEncoder) -> None:
    texts = [f"{name}, {n} cm " + "black " * (n % 30) for n, name in enumerate(label_names()[:150])]
    rows = text_encoder.encode(texts)
    alone = np.stack([text_encoder.encode_query(text) for text in texts[::30]])
    assert (rows[::30] * alone).sum(1).min() > 0.98


def test_a_shorter_limit_is_another_fingerprint(built_in_models: ModelPaths) -> None:
    whole, cut = OnnxTextEncoder(built_in_models.text), OnnxTextEncoder(built_in_models.text, max_length=16)
    assert whole.fingerprint != cut.fingerprint
    np.testing.assert_allclose(cut.encode_query("lamp " * 14), cut.encode_query("lamp " * 90), atol=1e-5)


def test_the_kept_precision_loses_no_more_than_half_a_percent(built_in_models: ModelPaths) -> None:
    manifest = read_manifest(built_in_models.text)
    assert manifest.text is not None
    assert manifest.text.precision == "fp32" or manifest.measured["int8_loss"] <= 0.005


def test_a_raw_photo_vector_is_features_then_label_prior_then_colours(image_encoder: OnnxImageEncoder) -> None:
    row = image_encoder.encode([Image.new("RGB", (300, 200), "red")])[0]
    assert len(row) == image_encoder.dim == 1280 + 384 + COLOUR_DIM
    assert np.linalg.norm(row[1280:1664]) == pytest.approx(1, abs=1e-4)


def test_bytes_files_and_images_give_the_same_vector(image_encoder: OnnxImageEncoder, tmp_path: Path) -> None:
    image = Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 50, 3), dtype=np.uint8)).resize((400, 320))
    buffer = BytesIO()
    image.save(buffer, "PNG")
    (tmp_path / "photo").write_bytes(buffer.getvalue())
    rows = image_encoder.encode(iter([image, buffer.getvalue(), tmp_path / "photo"]))
    np.testing.assert_allclose(rows[1:], rows[[0, 0]], atol=1e-3)
    with pytest.raises(PhotoError):
        image_encoder.encode([b"not a photo"])


@pytest.mark.parametrize("size", [(292, 292), (640, 427), (300, 900), (50, 40), (4000, 3), (3, 4000)])
def test_fitting_equals_resizing_all_and_then_cropping(size: tuple[int, int]) -> None:
    image = Image.fromarray(np.random.default_rng(1).integers(0, 255, (16, 16, 3), dtype=np.uint8)).resize(size)
    fitted = fit(image, PART)
    assert fitted.size == (260, 260)
    if max(size) < 1000:
        factor = 292 / min(size)
        whole = image.resize(
            (max(292, round(size[0] * factor)), max(292, round(size[1] * factor))), Image.Resampling.BICUBIC
        )
        left, top = (whole.width - 260) // 2, (whole.height - 260) // 2
        cropped = whole.crop((left, top, left + 260, top + 260))
        assert np.abs(np.asarray(fitted, int) - np.asarray(cropped, int)).max() <= 2


def test_the_label_prior_is_the_text_vector_of_the_likeliest_label() -> None:
    labels = np.eye(20, dtype=np.float32)
    logits = np.full((1, 20), -10, np.float32)
    logits[0, 7] = 20
    prior = label_prior(logits, labels)
    assert prior[0].argmax() == 7
    assert np.linalg.norm(prior[0]) == pytest.approx(1)


def test_models_that_are_built_are_listed_and_not_built_again(built_in_models: ModelPaths) -> None:
    settings = ModelSettings(folder=built_in_models.text.parent)
    before = (built_in_models.text / "manifest.json").stat().st_mtime_ns
    assert ensure_models(settings) == built_in_models
    assert (built_in_models.text / "manifest.json").stat().st_mtime_ns == before
    assert {"all-minilm-l6-v2", "efficientnet-lite2"} <= {model.name for model in list_models(settings)}


def test_without_torch_a_missing_model_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "torch" else find_spec(name, *a))
    with pytest.raises(MissingExtraError, match=r"bowerbird\[train\]") as refused:
        ensure_models(ModelSettings(folder=tmp_path))
    assert "BOWERBIRD_MODELS" in str(refused.value)


@pytest.mark.parametrize("damage", ["no manifest", "torn manifest", "no graph", "torn graph", "other format"])
def test_a_damaged_model_folder_is_one_clear_error(built_in_models: ModelPaths, tmp_path: Path, damage: str) -> None:
    import shutil

    folder = Path(shutil.copytree(built_in_models.text, tmp_path / "model"))
    manifest = folder / "manifest.json"
    if damage == "no manifest":
        manifest.unlink()
    elif damage == "torn manifest":
        manifest.write_text(manifest.read_text()[:50])
    elif damage == "no graph":
        (folder / "text.onnx").unlink()
    elif damage == "torn graph":
        (folder / "text.onnx").write_bytes((folder / "text.onnx").read_bytes()[:1000])
    else:
        manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 99'))
    with pytest.raises(ModelError):
        OnnxTextEncoder(folder)


def test_serving_loads_no_torch(built_in_models: ModelPaths) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from PIL import Image\n"
        "from bowerbird.encode.text import OnnxTextEncoder\n"
        "from bowerbird.encode.image import OnnxImageEncoder\n"
        "import bowerbird.encode.hub, bowerbird.encode.build, bowerbird.encode.flow\n"
        f"OnnxTextEncoder(Path({str(built_in_models.text)!r})).encode_query('red shoes')\n"
        f"OnnxImageEncoder(Path({str(built_in_models.image)!r})).encode([Image.new('RGB', (9, 9))])\n"
        "sys.exit(sorted({'torch', 'transformers', 'onnx', 'sentence_transformers'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) in ((0, ""), (1, "[]")), done.stderr


@pytest.mark.realdata
def test_the_labels_are_in_the_networks_order(shared_data: Path, image_encoder: OnnxImageEncoder) -> None:
    icons = shared_data / "grocery-photos"
    found = {}
    for word, label in (("Banana", "banana"), ("Lemon", "lemon"), ("Orange", "orange"), ("Pineapple", "pineapple")):
        photos = sorted(path for path in icons.rglob("*.jpg") if f"/{word}/" in str(path) or f"/{word}_" in path.name)
        if photos:
            logits = image_encoder._session.run(
                ["logits"], {"pixels": np.stack([_pixels(image_encoder, path) for path in photos[:8]])}
            )[0]
            found[label] = [label_names()[best] for best in logits.argmax(1)]
    assert found
    right = [guess == label for label, guesses in found.items() for guess in guesses]
    assert np.mean(right) > 0.5


def _pixels(encoder: OnnxImageEncoder, path: Path) -> np.ndarray:
    from bowerbird.encode.image import open_photo, to_input

    part = encoder.manifest.image
    assert part is not None
    return to_input(fit(open_photo(path, part), part), part)
