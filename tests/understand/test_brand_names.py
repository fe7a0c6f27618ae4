from bowerbird.domain.product import Product, Translation
from bowerbird.understand.brand_names import learn_brand_names


def titled(brand, *titles):
    return [Product(f"{brand}-{number}", title, brand=brand) for number, title in enumerate(titles)]


LUMA = titled("Luma", "露玛防水夹克", "露玛男士背包", "新款露玛雨衣")
OTHER = titled("Fleet", "飞快防水夹克", "飞快男士跑鞋", "飞快雨衣")


def test_what_all_titles_of_a_brand_have_and_no_others_is_its_name():
    assert learn_brand_names([*LUMA, *OTHER]) == {"露玛": "Luma", "飞快": "Fleet"}


def test_the_longest_such_name_is_taken():
    long = titled("Satin Row", "缎子街连衣裙", "缎子街半身裙", "缎子街礼服")
    assert learn_brand_names([*long, *LUMA]) == {"缎子街": "Satin Row", "露玛": "Luma"}


def test_translated_titles_tell_it_too():
    products = [
        Product(f"l{n}", "Jacket", brand="Luma", translations={"zh": Translation(title)})
        for n, title in enumerate(["露玛防水夹克", "露玛男士背包", "新款露玛雨衣"])
    ]
    assert learn_brand_names(products) == {"露玛": "Luma"}


def test_fewer_than_three_titles_tell_nothing():
    assert learn_brand_names(LUMA[:2]) == {}


def test_words_that_other_brands_have_too_are_no_name():
    jackets = [*titled("Luma", "防水夹克", "防水背包", "防水雨衣"), *titled("Fleet", "防水帽子")]
    assert learn_brand_names(jackets) == {}


def test_one_title_in_ten_may_lack_the_name():
    titles = [f"露玛{kind}" for kind in "夹克 背包 雨衣 帽子 手套 围巾 裤子 裙子 鞋子".split()]
    assert learn_brand_names(titled("Luma", *titles, "雨伞")) == {"露玛": "Luma"}
    assert learn_brand_names(titled("Luma", *titles, "雨伞", "水杯")) == {}


def test_titles_without_chinese_and_brands_written_in_it_need_no_learning():
    assert learn_brand_names(titled("Luma", "Rain jacket", "Backpack", "Poncho")) == {}
    assert learn_brand_names(titled("露玛", "露玛夹克", "露玛背包", "露玛雨衣")) == {}
    assert learn_brand_names(titled("", "露玛夹克", "露玛背包", "露玛雨衣")) == {}
    assert learn_brand_names([]) == {}
