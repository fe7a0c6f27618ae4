"""Watches and jewellery."""

from __future__ import annotations

from bowerbird.demo.kinds.kind import ChineseName, Kind, Name, Price, fact, form, numbers, weighted
from bowerbird.demo.kinds.palettes import BRIGHT, RING_SIZES

_GOLD = ("gold-plated", "镀金")
_SILVER = ("sterling silver", "纯银")
_METAL_WORDS = {"gold": _GOLD, "silver": _SILVER, "steel": ("stainless steel", "不锈钢")}
_STEEL = {"steel": weighted("silver 6 gold 3 black 3")}
_JEWELS = weighted("gold 5 silver 5 white 3 black 3 red 3 blue 3 green 3 pink 3 beige 2 brown 2 teal 2 purple 2 grey 1")

KINDS = (
    Kind(
        "watch",
        Name("watch", "watches", ("wristwatch",)),
        ChineseName("手表", "只", ("腕表",)),
        "Watches & Jewellery/Watches",
        "手表首饰/手表",
        (
            form("round: round watch | 圆盘手表", "leather 6 steel 6 nylon 2 gold 2"),
            form("square: square watch | 方盘手表", "leather 6 steel 5 gold 2"),
            form("digital: digital watch | 电子手表", "rubber 7 plastic 3 steel 2"),
        ),
        weighted("leather 5 steel 5 rubber 3 nylon 1 gold 1"),
        weighted(
            "black 8 brown 6 navy 5 silver 5 gold 4 white 4 grey 4 red 3 green 4 blue 4 burgundy 2 pink 3 olive 2 "
            "teal 2 orange 2"
        ),
        Price(128, 0.5),
        ("accuracy", "strap", "weight", "style", "waterproof"),
        palettes={"steel": weighted("silver 6 black 4 gold 3 navy 2 green 2 blue 2")},
        material_words={
            "leather": ("leather-strap", "皮带"),
            "steel": ("stainless-steel", "钢带"),
            "rubber": ("rubber-strap", "橡胶带"),
            "nylon": ("nylon-strap", "尼龙带"),
            "gold": _GOLD,
            "plastic": ("resin", "树脂"),
        },
        audience=weighted("men 6 women 6 unisex 3"),
        facts=(
            fact("case_diameter mm", 30, 34, 36, 38, 40, 42, of="round square"),
            fact("movement", "quartz|石英", "solar|光动能", "automatic|自动机械", dearer=0.8, of="round square"),
            fact("case_diameter mm", 38, 42, 44, 46, of="digital"),
            fact("battery_life years", 2, 3, 5, 7, 10, of="digital"),
            fact("water_resistance m", 30, 50, 100, 200, dearer=0.15),
        ),
        goes_with=("wallet", "bracelet", "sunglasses"),
    ),
    Kind(
        "necklace",
        Name("necklace", "necklaces"),
        ChineseName("项链", "条", ("锁骨链",)),
        "Watches & Jewellery/Necklaces",
        "手表首饰/项链",
        (
            form("pendant: pendant necklace | 吊坠项链", "gold 5 silver 6 steel 2"),
            form("pearls: pearl necklace | 珍珠项链", "pearl"),
            form("chain: chain necklace | 链条项链", "gold 5 silver 5 steel 3"),
        ),
        weighted("gold 5 silver 5 pearl 4 steel 2"),
        _JEWELS,
        Price(54, 0.5),
        ("clasp", "shine", "skin", "style", "dimensions"),
        palettes=_STEEL,
        material_words={**_METAL_WORDS, "pearl": ("freshwater pearl", "淡水珍珠")},
        audience=weighted("women 9 unisex 2"),
        facts=(fact("length cm", 38, 40, 42, 45, 50, 60, dearer=0.2),),
        goes_with=("earrings", "bracelet", "ring"),
    ),
    Kind(
        "ring",
        Name("ring", "rings"),
        ChineseName("戒指", "枚", ("指环",)),
        "Watches & Jewellery/Rings",
        "手表首饰/戒指",
        (
            form("solitaire: solitaire ring | 单石戒指", "gold 5 silver 5"),
            form("band: band ring | 素圈戒指", "gold 5 silver 5 steel 3"),
            form("signet: signet ring | 图章戒指", "gold 4 silver 5 steel 2"),
        ),
        weighted("gold 5 silver 5 steel 2"),
        _JEWELS,
        Price(48, 0.5),
        ("size", "shine", "skin", "style", "weight"),
        palettes=_STEEL,
        material_words=_METAL_WORDS,
        audience=weighted("women 6 unisex 3 men 2"),
        sizes=RING_SIZES,
        facts=(fact("width mm", 1.5, 2, 3, 4, 5, 6, dearer=0.25),),
        goes_with=("bracelet", "necklace", "earrings"),
    ),
    Kind(
        "earrings",
        Name("pair of earrings", "earrings", pair=True),
        ChineseName("耳环", "对", ("耳饰",)),
        "Watches & Jewellery/Earrings",
        "手表首饰/耳环",
        (
            form("hoop: hoop earrings | 圈形耳环", "gold 6 silver 5 steel 2"),
            form("drop: drop earrings | 垂坠耳坠", "gold 4 silver 5 pearl 4"),
            form("stud: stud earrings | 耳钉", "gold 4 silver 4 pearl 4"),
        ),
        weighted("gold 5 silver 5 pearl 3"),
        _JEWELS,
        Price(36, 0.48),
        ("clasp", "shine", "skin", "weight", "style"),
        palettes=_STEEL,
        material_words={**_METAL_WORDS, "pearl": ("freshwater pearl", "淡水珍珠")},
        audience=weighted("women"),
        facts=(
            fact("diameter mm", 15, 20, 25, 30, 40, 50, of="hoop"),
            fact("drop_length mm", 22, 28, 34, 42, of="drop"),
            fact("diameter mm", 4, 5, 6, 7, 8, of="stud"),
        ),
        goes_with=("necklace", "bracelet", "ring"),
    ),
    Kind(
        "bracelet",
        Name("bracelet", "bracelets"),
        ChineseName("手链", "条", ("手镯", "手串")),
        "Watches & Jewellery/Bracelets",
        "手表首饰/手链",
        (
            form("bangle: bangle bracelet | 手镯", "gold 5 silver 5 wood 2"),
            form("beads: beaded bracelet | 串珠手串", "stone 6 wood 4 pearl 3"),
            form("chain: chain bracelet | 链条手链", "gold 5 silver 5 steel 3"),
        ),
        weighted("gold 5 silver 5 stone 3 wood 2 pearl 2 steel 2"),
        _JEWELS,
        Price(42, 0.46),
        ("clasp", "shine", "skin", "dimensions", "style"),
        palettes={
            **_STEEL,
            "stone": weighted("white 4 black 4 green 4 pink 4 blue 4 red 3 purple 3 brown 2 grey 2 teal 2"),
        },
        material_words={
            **_METAL_WORDS,
            "pearl": ("freshwater pearl", "淡水珍珠"),
            "stone": ("natural stone", "天然石"),
        },
        audience=weighted("women 7 unisex 3 men 2"),
        facts=(
            fact("diameter mm", 56, 58, 60, 62, 65, of="bangle"),
            fact("length cm", 16, 17, 18, 19, 20, of="beads chain"),
        ),
        goes_with=("watch", "ring", "necklace"),
    ),
    Kind(
        "sunglasses",
        Name("pair of sunglasses", "sunglasses", ("shades",), pair=True),
        ChineseName("太阳镜", "副", ("墨镜",)),
        "Watches & Jewellery/Sunglasses",
        "手表首饰/太阳镜",
        (
            form("aviator: aviator sunglasses | 飞行员太阳镜", "steel 7 aluminium 3"),
            form("round: round sunglasses | 圆框太阳镜", "plastic 7 steel 3 wood 1"),
            form("square: square sunglasses | 方框太阳镜", "plastic 8 wood 2"),
        ),
        weighted("plastic 6 steel 4 wood 1 aluminium 1"),
        BRIGHT,
        Price(58, 0.5),
        ("lens", "fit", "weight", "style", "build"),
        patterns=weighted("plain 84 marbled 16"),
        palettes={
            "steel": weighted("gold 5 silver 5 black 5"),
            "aluminium": weighted("silver 5 black 4 gold 2 blue 2"),
        },
        plain_materials=frozenset(("steel", "aluminium", "wood")),
        material_words={"plastic": ("acetate", "板材"), "steel": ("metal", "金属")},
        audience=weighted("women 5 men 5 unisex 4"),
        facts=(
            fact("lens_width mm", *numbers(48, 60, 2)),
            fact("lenses", "UV400|UV400镜片", "polarised|偏光镜片", "gradient|渐变镜片", dearer=0.2),
        ),
        goes_with=("cap", "sandal", "handbag"),
    ),
)
