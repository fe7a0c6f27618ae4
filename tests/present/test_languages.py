import pytest

from bowerbird.domain.product import Product, Translation
from bowerbird.present.languages import description_in, title_in

SHOE = Product(
    "shoe", "Shoe", "Runs.", translations={"zh-cn": Translation("跑鞋", "跑得快"), "pt-br": Translation("Sapato")}
)


@pytest.mark.parametrize(
    ("lang", "title", "description"),
    [
        ("", "Shoe", "Runs."),
        ("en", "Shoe", "Runs."),
        ("zh-cn", "跑鞋", "跑得快"),
        ("ZH_CN", "跑鞋", "跑得快"),
        ("zh", "跑鞋", "跑得快"),
        ("zh-TW", "跑鞋", "跑得快"),
        ("pt", "Sapato", "Runs."),
        ("z", "Shoe", "Runs."),
        ("../..", "Shoe", "Runs."),
    ],
)
def test_the_nearest_translation_is_shown_or_the_product_s_own_text(lang, title, description):
    assert (title_in(SHOE, lang), description_in(SHOE, lang)) == (title, description)
