"""Which recogniser hears a clip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from bowerbird.domain.errors import AudioError, MissingExtraError
from bowerbird.domain.speech import Transcript
from bowerbird.encode.speech_choice import Recognisers


@dataclass(frozen=True)
class Named:
    name: str
    languages: tuple[str, ...]

    def transcribe(self, samples: NDArray[np.int16], language: str = "") -> Transcript:
        return Transcript("", language, (), 0.0, 0.0, self.name)


EMBEDDED, MANY, ENGLISH = Named("embedded", ("en",)), Named("many", ()), Named("english", ("en",))


@pytest.mark.parametrize(
    ("here", "language", "chosen"),
    [
        (Recognisers(EMBEDDED), "en", EMBEDDED),
        (Recognisers(EMBEDDED), "", EMBEDDED),
        (Recognisers(EMBEDDED), "en-GB", EMBEDDED),
        (Recognisers(EMBEDDED, MANY), "zh-CN", MANY),
        (Recognisers(EMBEDDED, MANY), "", MANY),
        (Recognisers(EMBEDDED, MANY), "en", MANY),
        (Recognisers(EMBEDDED, ENGLISH), "en", ENGLISH),
        (Recognisers(None, MANY), "en", MANY),
    ],
)
def test_the_best_for_the_language_is_chosen(here: Recognisers, language: str, chosen: Named) -> None:
    assert here.choose(language) is chosen


@pytest.mark.parametrize("here", [Recognisers(EMBEDDED), Recognisers(EMBEDDED, ENGLISH), Recognisers(None, ENGLISH)])
def test_chinese_without_a_model_for_it_says_what_to_install(here: Recognisers) -> None:
    with pytest.raises(AudioError, match=r"Chinese.*bowerbird\[whisper\]") as raised:
        here.choose("zh")
    assert raised.value.field == "language"
    assert raised.value.code == "bad_audio"


@pytest.mark.parametrize(("language", "extra"), [("", "speech"), ("en", "speech"), ("zh", "whisper")])
def test_with_nothing_installed_the_extra_is_named(language: str, extra: str) -> None:
    with pytest.raises(MissingExtraError, match=rf"\[{extra}\]"):
        Recognisers().choose(language)


def test_it_says_what_it_hears() -> None:
    assert Recognisers().languages == ()
    assert Recognisers(EMBEDDED).languages == ("en",)
    assert Recognisers(EMBEDDED, MANY).languages == ("en", "zh")
