"""Invented brands: what they sell, how dear they are, and what they are called in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bowerbird.demo.kinds import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Brand:
    """``tier`` 0 is cheap, 1 mid-range, 2 dear, 3 luxury; ``chinese`` is its name in Chinese shops."""

    name: str
    chinese: str
    tier: int


TIER_FACTOR: Final = (0.66, 1.0, 1.5, 2.3)

# Name | Chinese name, where it has one (else it keeps its Latin one) | tier; after the colon what it sells: departments
# by their first word, single kinds by their ids.
_TABLE = """
Halden|海登|1: Clothing Bags
Tidebrook|潮溪|1: Clothing Shoes
Fennwick|芬维克|2: Clothing scarf
Sorrelby||1: Clothing
Linnefalk|林恩法克|2: Clothing blanket cushion
Ombrosa|影朵|2: Clothing Shoes handbag
Quillan Row||1: Clothing
Brackenfold||0: Clothing socks towel
Vantelle|梵缇尔|3: Clothing handbag heel
Calder & Moss||2: Clothing loafer
Basikka|贝西卡|0: Clothing
Northmere|北湖|1: Clothing boot backpack
Ruanye|软野|1: Clothing
Mianyu|棉屿|0: Clothing towel cushion
Suchen|素辰|2: Clothing blanket
Kestrane||1: running_shoe sneaker leggings shorts hoodie Sports
Corvane|柯梵|2: Shoes wallet
Lopenna|洛佩娜|1: Shoes
Galloway Tread||1: Shoes
Ferrowalk||0: Shoes
Bottega Larnaro|拉纳罗|3: Shoes handbag wallet
Xingzhu|行著|1: Shoes
Trottoir & Pell||2: Shoes
Tavish & Rook||2: Bags
Portelle|珀特莱|2: Bags
Wayfarrow|途远|1: Bags tent
Cargonaut||1: suitcase backpack messenger_bag
Luomo Carry|洛墨|0: Bags
Xingnangji|行囊记|1: Bags
Maison Verrault|维罗|3: Bags scarf perfume
Meridane|梅里丹|2: watch clock
Tikvale||0: watch clock
Orsolin|奥索琳|2: Watches
Aurelith||1: Watches
Solvenne|索薇恩|1: Watches
Tarn & Pearl||2: necklace earrings ring bracelet
Yinhefang|银禾坊|1: necklace earrings ring bracelet
Lunetterie Dax||2: sunglasses
Glintwood||0: sunglasses bracelet
Voxtern|沃克斯顿|1: Electronics
Nimbric|云砾|2: Electronics
Kyrodyne||1: Electronics
Ohmstead||1: headphones earbuds speaker keyboard
Lumivolta||0: power_bank mouse keyboard earbuds lamp
Tessarine|泰瑟琳|3: camera laptop headphones
Pebblephone||0: smartphone earbuds power_bank
Zhiyinsheng|知音声|1: headphones earbuds speaker
Hearthlow|炉语|1: Home
Claymoor||1: mug plate teapot vase
Nestory|巢记|0: Home
Emberlane||2: candle lamp vase blanket
Stonehollow||1: frying_pan kettle teapot plate
Ashgrove & Daughters||2: Home
Kiln & Kin||2: mug plate teapot vase
Jingcifang|景瓷坊|2: mug plate teapot vase
Muyao|木谣|1: chair lamp clock cushion
Lumenhus|路曼|2: lamp chair clock
Pannova|潘诺|1: frying_pan kettle
Ridgeway Nine||1: Sports
Tarnhow|塔恩豪|2: tent backpack water_bottle helmet
Velocrest|维洛克|2: helmet sunglasses water_bottle
Boulder & Birch||1: Sports
Courtlight||1: racket ball shorts
Yuedongpai|跃动派|0: Sports leggings
Decklore||1: skateboard sneaker cap
Velmira|薇米拉|1: Beauty
Fleurine Atelier|芙琳|3: perfume lipstick candle
Dermalune|蝶露安|2: face_cream shampoo
Rosaquill||1: lipstick nail_polish
Mistelle|迷缇|0: Beauty
Ambrevue|琥境|2: perfume candle
Huajianlu|花间露|1: Beauty
Bristle & Bough||1: hairbrush
Pipkin & Bear||1: Toys
Tumbletree|翻斗树|1: Toys
Brickaroo||0: building_blocks puzzle robot toy_car
Kitewell||1: kite ball
Wobbleton|摇摇镇|0: Toys
Xiaomanzhu|小满竹|2: Toys
Copperbean|铜豆|1: coffee
Hollowmill||1: Groceries
Bramblecote||2: Groceries
Mosswood Apiary||1: honey
Pastificio Lerani|莱拉尼|2: pasta olive_oil
Chafeng|茶枫|1: tea
Tianyuanji|田园集|0: Groceries
Cacaovia|可可途|2: chocolate cookies
Oliveta Sarn||2: olive_oil
Sunny Larder||0: Groceries
"""


def _read() -> tuple[dict[str, Brand], dict[str, tuple[Brand, ...]]]:
    brands: dict[str, Brand] = {}
    sellers: dict[str, list[Brand]] = {kind: [] for kind in KINDS}
    for line in _TABLE.strip().splitlines():
        about, _, sold = line.rpartition(":")
        name, chinese, tier = about.split("|")
        brand = brands[name] = Brand(name, chinese or name, int(tier))
        for word in sold.split():
            found = [kind for kind in KINDS.values() if word in (kind.id, kind.department.split()[0])]
            for kind in found:
                sellers[kind.id].append(brand)
    return brands, {kind: tuple(found) for kind, found in sellers.items()}


BRANDS, _SELLERS = _read()


def brands_of(kind: Kind) -> tuple[Brand, ...]:
    """The brands that sell a kind."""
    return _SELLERS[kind.id]


# Names of a brand's lines: words that name no colour, material, pattern or kind.
LINES: Final = tuple(
    "Aster Atlas Baltic Bramley Briar Calla Cove Darby Delta Eden Ellis Esker Fable Fen Fjord Gale Haven "
    "Ilex Isla Juno Juniper Kent Kira Lark Lido Lowell Lyra Marlow Mira Moor Nell Nova Orla Otis Pell "
    "Pico Piper Quay Quinn Rhea Rhodes Rowan Selby Skye Solis Tamar Tansy Tarn Thea Vale Verity Wells "
    "Weston Wick Willow Wren Yara Zephyr".split()
)
MODELS: Final = tuple(
    f"{letter}{number}" for letter in "AEGHKMNRSTVXZ" for number in (1, 2, 3, 5, 7, 8, 10, 20, 30, 40, 50, 60, 90, 100)
)
"""Names of electronic things."""
