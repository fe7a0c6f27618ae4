"""The same word in another accent: what a British speaker says where the CMU dictionary gives the American way."""

from __future__ import annotations

VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
_GLIDES_TO_SCHWA = frozenset(("EH", "IH", "UH"))
_ENDINGS = frozenset(("Z", "S", "D"))


def say_british(phones: str) -> str:
    """Phones of the CMU dictionary as they are said in the south of England; the same text where nothing changes.

    No r but before a vowel (Wells, Accents of English, 1982): ``under`` ends in AH, ``shorts`` has no R; the vowel of
    ``lot`` is AO; that of ``trap``, which today is lower than the American one, is AA.
    """
    given = phones.split()
    said: list[str] = []
    for at, phone in enumerate(given):
        following = given[at + 1] if at + 1 < len(given) else ""
        before_vowel = following in VOWELS
        if phone == "R" and at and not before_vowel:
            said += ["AH"] if given[at - 1] in _GLIDES_TO_SCHWA else []
        elif phone == "ER" and before_vowel:
            said += ["AH", "R"]
        elif phone == "ER":
            last = not following or (at + 2 == len(given) and following in _ENDINGS)
            said.append("AH" if last else "ER")
        elif phone == "AA" and following != "R":
            said.append("AO")
        else:
            said.append("AA" if phone == "AE" else phone)
    return " ".join(said)
