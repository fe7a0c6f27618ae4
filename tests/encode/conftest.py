"""Encoders for tests: tiny models made from a config, and the built-in ones, built once into the repository's cache."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bowerbird.encode.build import ensure_models
from bowerbird.encode.image import OnnxImageEncoder
from bowerbird.encode.models import ModelPaths, ModelSettings
from bowerbird.encode.text import OnnxTextEncoder

REPOSITORY = Path(__file__).resolve().parents[2]
# The tests share tiny_models.py, which lies beside them and in no package.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def built_in_models() -> ModelPaths:
    folder = Path(os.environ.get("BOWERBIRD_MODELS") or REPOSITORY / ".models")
    return ensure_models(ModelSettings(folder=folder))


@pytest.fixture(scope="session")
def text_encoder(built_in_models: ModelPaths) -> OnnxTextEncoder:
    return OnnxTextEncoder(built_in_models.text)


@pytest.fixture(scope="session")
def image_encoder(built_in_models: ModelPaths) -> OnnxImageEncoder:
    return OnnxImageEncoder(built_in_models.image)
