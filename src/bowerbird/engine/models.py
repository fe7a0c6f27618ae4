"""The models a shop uses: which ones, kept in its folder, and opening them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import orjson

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.ports import ImageEncoder, TextEncoder
from bowerbird.encode.models import ModelSettings, open_image_encoder, open_text_encoder
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Hub names or folders of the models; None is the built-in one, and for ``joint`` none at all.

    A joint model (CLIP, SigLIP, Chinese-CLIP) brings texts and photos into one space by itself; then no
    alignment is needed, and it also looks at photos unless ``image`` names another model.
    """

    text: str | None = None
    image: str | None = None
    joint: str | None = None

    def overridden(self, text: str | None, image: str | None, joint: str | None) -> ModelChoice:
        """Put what is given in the place of what was chosen."""
        given = {"text": text, "image": image, "joint": joint}
        return replace(self, **{name: _absolute(value) for name, value in given.items() if value is not None})


@dataclass(frozen=True)
class Models:
    """The open encoders; the joint ones are there only with a joint model."""

    text: TextEncoder
    image: ImageEncoder
    joint_text: TextEncoder | None = None
    joint_image: ImageEncoder | None = None
    built_in: bool = False
    """Whether text and image are the built-in ones, which the packaged alignment was fitted for."""

    @property
    def fingerprints(self) -> dict[str, str]:
        """What the vectors in an index were made with."""
        found = {"text": self.text.fingerprint, "image": self.image.fingerprint}
        if self.joint_text is not None and self.joint_image is not None:
            found["joint"] = f"{self.joint_text.fingerprint}/{self.joint_image.fingerprint}"
        return found


def open_models(choice: ModelChoice, settings: ModelSettings | None = None, progress: Progress = no_progress) -> Models:
    """Open the chosen models, built or converted first if need be.

    Raises ModelError, MissingExtraError.
    """
    settings = settings or ModelSettings()
    from bowerbird.encode.hub import load_image_model, load_joint_model, load_text_model

    joint = None if choice.joint is None else load_joint_model(choice.joint, settings)
    text = open_text_encoder(settings, progress) if choice.text is None else load_text_model(choice.text, settings)
    image: ImageEncoder
    if choice.image is not None:
        image = load_image_model(choice.image, settings)
    elif joint is not None:
        image = joint.image
    else:
        image = open_image_encoder(settings, progress)
    return Models(
        text=text,
        image=image,
        joint_text=None if joint is None else joint.text,
        joint_image=None if joint is None else joint.image,
        built_in=choice == ModelChoice(),
    )


def read_choice(path: Path) -> ModelChoice:
    """The choice kept in a shop; the built-in models where nothing is kept. Raises ArtefactError when it is torn."""
    try:
        raw = orjson.loads(path.read_bytes())
        return ModelChoice(**{field.name: raw.get(field.name) for field in fields(ModelChoice)})
    except FileNotFoundError:
        return ModelChoice()
    except (OSError, ValueError, AttributeError) as error:
        raise ArtefactError(f"{path}: is torn: {error}") from error


def write_choice(path: Path, choice: ModelChoice) -> None:
    """Keep a choice."""
    with storage_faults(path):
        write_whole(path, orjson.dumps(asdict(choice), option=orjson.OPT_INDENT_2))


def _absolute(name: str) -> str:
    """A folder by its full path, so that the choice holds wherever the next process starts; a hub name as it is."""
    path = Path(name).expanduser()
    return str(path.resolve()) if path.is_dir() else name
