"""Tell a company's own spelling in a domain from one made to deceive. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import product

import idna
from cleanco import basename
from rapidfuzz.distance import OSA

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"}
)
# Signs that pass for a Latin letter: Cyrillic, Greek and a few more, from the
# confusables of Unicode Technical Standard 39.
_PASSES_FOR = str.maketrans(
    {
        "а": "a", "ь": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j",
        "к": "k", "ӏ": "l", "м": "m", "п": "n", "о": "o", "р": "p", "ԛ": "q", "г": "r",
        "ѕ": "s", "т": "t", "ц": "u", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "ѡ": "w",
        "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
        "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "ɡ": "g", "ı": "i", "ʟ": "l",
        "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def compact(text: str) -> str:
    """Reduce a name or a label to its letters and digits, lower case."""
    return "".join(c for c in text.casefold() if c.isalnum())


def name_stems(names: Iterable[str]) -> frozenset[str]:
    """Spell names as domains do: "Brandt & Sohn" → brandtsohn, brandtundsohn …"""
    return frozenset(stem for name in names for stem in _stems(name) if len(stem) > 1)


def _stems(name: str) -> set[str]:
    forms = {name.strip(), basename(name.strip()) or name.strip()}
    found: set[str] = set()
    for form in forms:
        for joint in ("", "and", "und", "et"):
            joined = re.sub(
                r"\s*[&+]\s*|\s(?:and|und)\s", f" {joint} ", form.casefold()
            )
            found |= {compact(joined), compact(joined.translate(_UMLAUTS))}
            found.add(compact(_plain(joined)))
    return found


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c))


def shown(label: str) -> str:
    """Decode one label from punycode; an undecodable one stays as it is."""
    try:
        return idna.decode(label)
    except idna.IDNAError:
        return label


def mixes_scripts(label: str) -> bool:
    """Say whether a label mixes letters of several scripts."""
    letters = [c for c in shown(label) if c.isalpha()]
    return len({unicodedata.name(c, "?").split()[0] for c in letters}) > 1


def passes_for(label: str, stems: frozenset[str]) -> bool:
    """Say whether a label looks like one of the stems without being spelled so."""
    real = compact(shown(label))
    if real in stems:
        return False
    disguises = _skeletons(real)
    return any(disguises & _skeletons(stem) for stem in stems if len(stem) > 2)


def is_typo_of(label: str, stems: frozenset[str]) -> bool:
    """Say whether a label is a slip of the finger away from one of the stems."""
    real = compact(shown(label))
    if real in stems:
        return False
    return any(_slip(real, stem) for stem in stems)


def _slip(real: str, stem: str) -> bool:
    if len(stem) < 5:
        return False
    allowed = 1 if len(stem) < 9 else 2
    far = OSA.distance(real, stem, score_cutoff=allowed)
    plural = real in (stem + "s", stem + "e") or stem == real + "s"
    return far <= allowed and not plural and not real.startswith(stem)


def _skeletons(text: str) -> set[str]:
    """Write a text as it looks, with each pair of letters read either way."""
    plain = _plain(text).translate(_PASSES_FOR)
    found: set[str] = set()
    for choices in product((False, True), repeat=len(_PAIRS)):
        look = plain
        for swap, (pair, single) in zip(choices, _PAIRS, strict=True):
            look = look.replace(pair, single) if swap else look
        found.add(look.replace("i", "l"))
    return found
