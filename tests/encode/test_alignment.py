from pathlib import Path

import numpy as np
import pytest

from bowerbird.domain.errors import ArtefactError
from bowerbird.encode.alignment import Alignment, Tower, default_alignment, gelu
from bowerbird.encode.photo_parts import BUILT_IN_DIM, PhotoParts


def an_alignment(seed: int = 0) -> Alignment:
    rng = np.random.default_rng(seed)

    def tower(inputs: int) -> Tower:
        shapes = ((inputs, 4), (4,), (inputs, 6), (6,), (6, 4))
        return Tower(*(rng.normal(size=shape).astype(np.float32) for shape in shapes))

    return Alignment.of(PhotoParts(10), tower(10), tower(8), "tiny", {"shop": "tiny"})


def rows(count: int, dim: int) -> np.ndarray:
    return np.random.default_rng(count).normal(size=(count, dim)).astype(np.float32)


def test_photos_and_texts_come_out_as_unit_rows_of_one_space():
    alignment = an_alignment()
    photos, texts = alignment.photos(rows(5, 10)), alignment.texts(rows(7, 8))
    assert photos.shape == (5, 4)
    assert texts.shape == (7, 4)
    assert photos.dtype == texts.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(np.vstack([photos, texts]), axis=1), 1.0, rtol=1e-5)


def test_a_tower_is_its_formula():
    tower = Tower(*(np.full(shape, 0.5, np.float32) for shape in ((1, 1), (1,), (1, 1), (1,), (1, 1))))
    x = np.array([[1.0]], np.float32)
    np.testing.assert_allclose(tower.run(x), 0.5 + 0.5 + 0.5 * gelu(np.array([[1.0]], np.float32)))
    # The exact GELU of 1 is 0.8413.
    assert gelu(np.array([1.0], np.float32))[0] == pytest.approx(0.8413, abs=1e-3)


def test_what_is_saved_is_loaded_exactly(tmp_path: Path):
    alignment = an_alignment()
    alignment.save(tmp_path / "a")
    loaded = Alignment.load(tmp_path / "a")
    np.testing.assert_array_equal(loaded.photos(rows(3, 10)), alignment.photos(rows(3, 10)))
    np.testing.assert_array_equal(loaded.texts(rows(3, 8)), alignment.texts(rows(3, 8)))
    assert loaded.fingerprint == alignment.fingerprint
    assert loaded.fitted_on == {"shop": "tiny"}


def test_a_joint_model_needs_no_towers(tmp_path: Path):
    identity = Alignment.identity(6)
    np.testing.assert_allclose(identity.photos(np.full((1, 6), 2.0, np.float32)), 1 / np.sqrt(6), rtol=1e-6)
    identity.save(tmp_path / "i")
    assert Alignment.load(tmp_path / "i").fingerprint == identity.fingerprint


def test_another_alignment_has_another_fingerprint():
    assert an_alignment(0).fingerprint != an_alignment(1).fingerprint


@pytest.mark.parametrize("damage", ["torn", "missing", "manifest", "changed"])
def test_a_damaged_artefact_is_refused(tmp_path: Path, damage: str):
    folder = tmp_path / "a"
    an_alignment().save(folder)
    arrays = folder / "towers.npz"
    content = arrays.read_bytes()
    if damage == "torn":
        arrays.write_bytes(content[: len(content) // 2])
    elif damage == "missing":
        arrays.unlink()
    elif damage == "manifest":
        (folder / "manifest.json").unlink()
    else:
        arrays.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])
    with pytest.raises(ArtefactError):
        Alignment.load(folder)


def test_an_artefact_of_another_version_is_refused(tmp_path: Path):
    an_alignment().save(tmp_path / "a")
    manifest = tmp_path / "a" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"version": 1', '"version": 99'))
    with pytest.raises(ArtefactError, match="version 99"):
        Alignment.load(tmp_path / "a")


def test_photos_of_another_model_are_refused():
    with pytest.raises(ValueError, match="expected"):
        an_alignment().photos(rows(2, 11))


def test_the_packaged_alignment_takes_the_built_in_encoders_vectors():
    alignment = default_alignment()
    assert (alignment.photo_dim, alignment.text_dim) == (BUILT_IN_DIM, 384)
    assert np.isfinite(alignment.photos(np.abs(rows(2, BUILT_IN_DIM)))).all()
    assert set(alignment.fitted_on["shops"]) == {"magento", "groceries-train", "fashion"}
