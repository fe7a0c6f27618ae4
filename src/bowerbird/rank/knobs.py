"""A merchant's ranking settings by name: what each may be, and from names to typed settings and back.

Names are dotted, ``score.stock`` or ``variety.caps.brand``; in JSON the dots are objects within objects. Only what
differs from the defaults is kept, so that better defaults reach a shop that never said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeAlias

from rapidfuzz.process import extractOne

from bowerbird.domain.errors import SettingError
from bowerbird.rank.diversity import DiversitySettings
from bowerbird.rank.exposure import ExposureSettings
from bowerbird.rank.flow import RankSettings
from bowerbird.rank.reranking import RerankingSettings
from bowerbird.rank.score import ScoreSettings

Value: TypeAlias = "int | float | str"

CAPS = "variety.caps"
_LONGEST = 1_000
_MOST_CAPS = 20


@dataclass(frozen=True, slots=True)
class Knob:
    """What a setting may be: a text (``kind`` str), or a number of its kind from ``least`` to ``most``."""

    kind: type
    least: float = 0.0
    most: float = 1.0

    @property
    def expected(self) -> str:
        """What to say where it is something else."""
        if self.kind is str:
            return f"a text of at most {_LONGEST} characters"
        return f"{'a whole number' if self.kind is int else 'a number'} from {self.least:g} to {self.most:g}"


_CAP = Knob(int, 1, 1_000)
_EXPONENT = Knob(float, 0, 5)
# Past it a product could be put before one that answers half as well again.
_PERSONAL = Knob(float, 0, 2)
KNOBS: Mapping[str, Knob] = {
    "window": Knob(int, 0, 2_000),
    **{f"{part}.{one.name}": _EXPONENT for part in ("score", "score_by_look") for one in fields(ScoreSettings)},
    "score.personal": _PERSONAL,
    "score_by_look.personal": _PERSONAL,
    "variety.relevance": Knob(float, 0.05, 1),
    "variety.relevance_first": Knob(int, 0, 200),
    "variety.first": Knob(int, 1, 200),
    "variety.seller": Knob(str),
    "variety.floor": Knob(float, 0, 1),
    "variety.floor_first": Knob(int, 1, 200),
    "variety.tolerance": Knob(float, 0, 1),
    "cross_encoder.model": Knob(str),
    "cross_encoder.first": Knob(int, 1, 200),
    "cross_encoder.weight": Knob(float, 0, 1),
    "cross_encoder.budget_ms": Knob(float, 0, 10_000),
}
"""Every setting but the caps: ``variety.caps.FIELD`` is a whole number."""
GROUPS = tuple(dict.fromkeys(name.partition(".")[0] for name in KNOBS if "." in name))


def read_knobs(body: Any, where: str = "settings") -> dict[str, Value]:
    """Settings by dotted name from the JSON of a file or request.

    Raises SettingError for what is unknown, naming the nearest, and for a value that cannot be.
    """
    if not isinstance(body, dict):
        raise SettingError("no ranking settings", where=where, found=body, expected="an object of settings")
    given = dict(_flat(body))
    if sum(name.startswith(f"{CAPS}.") for name in given) > _MOST_CAPS:
        raise SettingError("too many caps", field=CAPS, where=where, expected=f"at most {_MOST_CAPS}")
    return {name: check(name, value) for name, value in given.items()}


def check(name: str, value: Any) -> Value:
    """A setting's value in its type. Raises SettingError."""
    knob = knob_of(name)
    if knob.kind is str:
        if not isinstance(value, str) or len(value) > _LONGEST or "\0" in value:
            raise SettingError(f"{name} cannot be this", field=name, found=value, expected=knob.expected)
        return value.strip()
    right = isinstance(value, int | float) and not isinstance(value, bool) and knob.least <= value <= knob.most
    if not right or (knob.kind is int and value != int(value)):
        raise SettingError(f"{name} cannot be this", field=name, found=value, expected=knob.expected)
    number: Value = knob.kind(value)
    return number


def parse(name: str, text: str) -> Value:
    """A setting's value from what was typed. Raises SettingError."""
    if knob_of(name).kind is str:
        return check(name, text)
    try:
        return check(name, float(text))
    except ValueError:
        raise SettingError(f"{name} cannot be this", field=name, found=text, expected=knob_of(name).expected) from None


def knob_of(name: str) -> Knob:
    """What a setting may be. Raises SettingError naming the nearest known one."""
    knob = KNOBS.get(name)
    if knob is not None:
        return knob
    if name.startswith(f"{CAPS}.") and name[len(CAPS) + 1 :].strip():
        return _CAP
    nearest = extractOne(name, [*KNOBS, f"{CAPS}.brand"])
    raise SettingError(f"{name[:100]} is no setting", field=name[:100], expected=nearest[0] if nearest else None)


def as_record(given: Mapping[str, Value]) -> dict[str, Any]:
    """Settings by dotted name to the JSON of a file or request."""
    record: dict[str, Any] = {}
    for name, value in given.items():
        if name.startswith(f"{CAPS}."):
            record.setdefault("variety", {}).setdefault("caps", {})[name[len(CAPS) + 1 :]] = value
            continue
        group, dot, inner = name.partition(".")
        if dot:
            record.setdefault(group, {})[inner] = value
        else:
            record[name] = value
    return record


def apply(base: RankSettings, given: Mapping[str, Value]) -> RankSettings:
    """Typed settings: those given, by dotted name and checked before, and for the rest those of ``base``."""
    known: dict[str, Any] = {**values_of(base), **given}
    variety = replace(
        base.variety,
        likeness=DiversitySettings(first=known["variety.relevance_first"], relevance=known["variety.relevance"]),
        caps={name[len(CAPS) + 1 :]: most for name, most in known.items() if name.startswith(f"{CAPS}.")},
        first=known["variety.first"],
        seller=known["variety.seller"],
        exposure=ExposureSettings(
            known["variety.floor"], known["variety.floor_first"], tolerance=known["variety.tolerance"]
        ),
    )
    reranking = replace(
        base.reranking,
        first=known["cross_encoder.first"],
        weight=known["cross_encoder.weight"],
        budget=known["cross_encoder.budget_ms"] / 1000,
    )
    return RankSettings(
        window=known["window"],
        score=_score(known, "score"),
        score_by_look=_score(known, "score_by_look"),
        taste=base.taste,
        variety=variety,
        cross_encoder=known["cross_encoder.model"],
        reranking=reranking,
    )


def values_of(settings: RankSettings) -> dict[str, Value]:
    """Typed settings by dotted name."""
    variety, reranking = settings.variety, settings.reranking
    return {
        "window": settings.window,
        **{f"score.{name}": value for name, value in asdict(settings.score).items()},
        **{f"score_by_look.{name}": value for name, value in asdict(settings.score_by_look).items()},
        "variety.relevance": variety.likeness.relevance,
        "variety.relevance_first": variety.likeness.first,
        "variety.first": variety.first,
        **{f"{CAPS}.{name}": most for name, most in variety.caps.items()},
        "variety.seller": variety.seller,
        "variety.floor": variety.exposure.floor,
        "variety.floor_first": variety.exposure.first,
        "variety.tolerance": variety.exposure.tolerance,
        "cross_encoder.model": settings.cross_encoder,
        **_reranking_values(reranking),
    }


def _reranking_values(reranking: RerankingSettings) -> dict[str, Value]:
    return {
        "cross_encoder.first": reranking.first,
        "cross_encoder.weight": reranking.weight,
        "cross_encoder.budget_ms": 1000 * reranking.budget,
    }


def _score(known: Mapping[str, Any], part: str) -> ScoreSettings:
    return ScoreSettings(**{one.name: known[f"{part}.{one.name}"] for one in fields(ScoreSettings)})


def _flat(body: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """Objects within objects to dotted names; what does not belong there is left for ``check`` to name."""
    for name, value in body.items():
        if name not in GROUPS or not isinstance(value, dict):
            yield str(name), value
            continue
        for inner, found in value.items():
            if f"{name}.{inner}" == CAPS and isinstance(found, dict):
                yield from ((f"{CAPS}.{field_}", most) for field_, most in found.items())
            else:
                yield f"{name}.{inner}", found
