import numpy as np
from PIL import Image

from bowerbird.testing.encoder_contract import ImageEncoderContract, SharedSpaceContract, TextEncoderContract
from bowerbird.testing.fakes import COLOURS, ColourShapeImageEncoder, ColourSharedSpace, HashingTextEncoder


class TestHashingTextEncoder(TextEncoderContract):
    def make(self):
        return HashingTextEncoder()

    def test_a_misspelt_word_stays_near(self):
        right, wrong, other = self.make().encode(["headphones", "hedphones", "tomatoes"])
        assert right @ wrong > 0.3 > right @ other

    def test_chinese_words_share_their_characters(self):
        tea, green_tea, milk = self.make().encode(["茶", "绿茶", "牛奶"])
        assert tea @ green_tea > 0.3 > tea @ milk

    def test_another_seed_is_another_model(self):
        assert HashingTextEncoder(seed=1).fingerprint != HashingTextEncoder().fingerprint


class TestColourShapeImageEncoder(ImageEncoderContract):
    def make(self):
        return ColourShapeImageEncoder()


class TestColourSharedSpace(SharedSpaceContract):
    def make(self):
        return ColourSharedSpace(HashingTextEncoder())

    def raw_photos(self):
        return ColourShapeImageEncoder().encode([_swatch(colour) for colour in COLOURS.values()])

    def text_vectors(self):
        return HashingTextEncoder().encode([f"a {name} thing" for name in COLOURS])

    def test_a_colour_word_finds_the_photo_of_its_colour(self):
        space = self.make()
        similar = space.texts(self.text_vectors()) @ space.photos(self.raw_photos()).T
        assert similar.argmax(axis=1).tolist() == list(range(len(COLOURS)))


def _swatch(colour):
    pixels = np.full((120, 120, 3), 214, dtype=np.uint8)
    pixels[30:90, 30:90] = colour
    return Image.fromarray(pixels)
