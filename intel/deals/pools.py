"""Invent names of investors, companies and people, of every shape.

What a name looks like must tell the tagger as little as possible: it is to read what
is said of a name. So names are swapped for invented ones while it learns, and again
where it reads (`renaming`). Touches: the words beside this file, which ship with it.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

Make = Callable[[Random], str]


def words(path: Path) -> dict[str, tuple[str, ...]]:
    """Read words by kind, those of a kind parted by "|"."""
    told = json.loads(path.read_text("utf-8"))
    return {kind: tuple(listed.split("|")) for kind, listed in told.items()}


WORDS = words(Path(__file__).with_suffix(".json"))
_HOUSE_WORDS = {word for tail in WORDS["houses"] for word in tail.split()}
_FIRST, _PLAIN = set(WORDS["first"]), set(WORDS["heads"])
_NO_LAST = set(WORDS["ends"]) | set(WORDS["trades"])


def pick(chance: Random, kind: str) -> str:
    """Choose a word of a kind."""
    return chance.choice(WORDS[kind])


def weighed(chance: Random, options: Sequence[tuple[float, Make]]) -> str:
    """Make one of several things, each as often as its weight says."""
    weights = [weight for weight, _ in options]
    (make,) = chance.choices([make for _, make in options], weights)
    return make(chance)


def _sounds(r: Random) -> str:
    middle = "".join(pick(r, "middles") for _ in range(r.choice([0, 1, 1, 1, 2])))
    close = pick(r, "closes") if r.random() < 0.6 else ""
    return pick(r, "starts") + middle + close


def _head(r: Random) -> str:
    return pick(r, "heads")


def _two(r: Random) -> str:
    return f"{_head(r)} {pick(r, 'ends')}"


def _one(r: Random) -> str:
    return _head(r) + pick(r, "ends").lower()


def _camel(r: Random) -> str:
    return _sounds(r) + pick(r, "ends")


def _last(r: Random) -> str:
    return pick(r, "last").split()[-1]


def _letters(r: Random) -> str:
    letters = "".join(r.choice("ABCDEGHKLMNPRSTVX") for _ in range(r.choice([2, 3, 4])))
    return letters + r.choice(["", "", "X", "V", " Next", "-Tech"])


def _numbered(r: Random) -> str:
    number = r.choice([2, 3, 4, 5, 7, 8, 9, 10, 20, 21, 42, 99, 100, 406, 500, 645])
    joint = r.choice(["", " ", "th ", " ", "."])
    return f"{number}{joint}{r.choice([_head(r), pick(r, 'ends'), 'VC', 'Capital'])}"


def _versioned(r: Random) -> str:
    return f"{_head(r)} {pick(r, 'versions')}"


def _small(r: Random) -> str:
    return f"{_head(r).lower()}{r.choice('1382')}{r.choice(['', 'x', 'y'])}"


def _tailed(r: Random) -> str:
    return pick(r, "middles") + r.choice(["vc", "X", "Lab", "Fund", "+"])


def _dotted(r: Random) -> str:
    return _head(r) + r.choice([".vc", ".ai", ".io", ".xyz"])


def _pair(r: Random) -> str:
    return f"{_last(r)} {r.choice('&+')} {_last(r)}"


def _of(r: Random) -> str:
    return (
        f"{_head(r)} {r.choice(['&', 'of'])} {r.choice([_head(r), pick(r, 'places')])}"
    )


def _club(r: Random) -> str:
    return f"{r.choice(['The ', ''])}{_head(r)} {pick(r, 'clubs')}"


def brand(r: Random) -> str:
    """Invent a name that does not say what bears it."""
    return weighed(
        r,
        [
            (32, _sounds), (20, _two), (8, _one), (6, _camel), (4, _numbered),
            (4, _versioned), (6, _letters), (4, _pair), (2, _small), (2, _tailed),
            (2, _dotted), (5, _of), (2, _last), (3, _club),
        ],
    )  # fmt: skip


def stem(r: Random) -> str:
    """Invent the first part of a longer name."""
    return weighed(
        r, [(35, _head), (20, _sounds), (20, _two), (7, _last), (6, _one), (12, brand)]
    )


def _house(r: Random) -> str:
    name = f"{stem(r)} {pick(r, 'houses')}"
    return f"The {name}" if r.random() < 0.12 and "The " not in name else name


def _regional(r: Random) -> str:
    return f"{pick(r, 'places')} {pick(r, 'regional')}"


def _public(r: Random) -> str:
    what = r.choice(
        ["University of", "Bank of", "Government of", "State of", "City of"]
    )
    where = r.choice([*WORDS["places"], *WORDS["countries"]])
    return (
        f"{what} {where}{r.choice(['', ' Pension Fund', ' Seed Fund', ' Endowment'])}"
    )


def _national(r: Random) -> str:
    return f"{pick(r, 'nations')} {pick(r, 'offices')}"


def _foreign(r: Random) -> str:
    before = (
        "High-Tech Gründerfonds",
        "Fonds",
        "Caisse",
        "Banque",
        "Groupe",
        "Fund for",
    )
    return f"{r.choice(before)} {stem(r)}"


def fund(r: Random) -> str:
    """Invent the name of an investment house."""
    return weighed(
        r, [(88, _house), (3, _regional), (3, _public), (3, _national), (3, _foreign)]
    )


def _business(r: Random) -> str:
    return f"{stem(r)} {pick(r, 'trades')}"


def _arm(r: Random) -> str:
    return f"{_sounds(r)} {pick(r, 'arms')}"


def company(r: Random) -> str:
    """Invent the name of a business."""
    return weighed(r, [(5, _business), (1, _arm), (4, brand)])


def person(r: Random) -> str:
    """Invent a person's name."""
    middle = f" {r.choice('ABCDEJKLMRST')}." if r.random() < 0.05 else ""
    return f"{pick(r, 'first')}{middle} {pick(r, 'last')}"


def investor(r: Random) -> str:
    """Invent the name of an organisation that invests."""
    return weighed(r, [(50, fund), (18, company), (32, brand)])


def kind_of(name: str) -> str:
    """Say what a name looks like: "fund", "person", "maybe" a person, or "other"."""
    words = name.split()
    if any(word in _HOUSE_WORDS for word in words):
        return "fund"
    if words[0] in _FIRST and 2 <= len(words) <= 4:
        return "person"
    plain = len(words) == 2 and all(word.istitle() for word in words)
    return (
        "maybe"
        if plain and words[0] not in _PLAIN and words[1] not in _NO_LAST
        else "other"
    )


def like(r: Random, name: str) -> str:
    """Invent a name of the same kind as another."""
    makers: dict[str, list[tuple[float, Make]]] = {
        "person": [(1, person)],
        "maybe": [(1, person), (1, brand)],
        "fund": [(8, fund), (2, investor)],
        "other": [(2, brand), (2, company), (1, fund)],
    }
    return weighed(r, makers[kind_of(name)])
