"""Invent announcements of rounds, and texts that are none, out of frames. Pure.

The frames and words are in tests/data/tagger. A slot in braces stands for what
`_Story.slot` puts there; names are invented anew for every text.
"""

import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from intel.deals import pools
from intel.money import find_money
from intel.rounds import UNKNOWN, find_rounds
from tests.eval.tagging.lists import dressed, joined, listed, outside, small, tidy
from tests.eval.tagging.slots import DATA, pick

FRAMES = {
    path.stem: [line for line in path.read_text("utf-8").splitlines() if line]
    for path in sorted(DATA.glob("*.txt"))
}
_SLOT = re.compile(r"\{(\w+)\}")
_ROUNDS = ("{} round", "{} round", "{} funding round", "{}", "{} financing", "round",
           "funding round", "{} investment round")  # fmt: skip
_SIGNS = ("$", "$", "$", "€", "£", "A$", "C$", "CHF ", "SEK ")
_SCALES = (" million", " million", "m", "M", "M", "mn")
_NO_SHORT = ("Banque", "Fonds", "Caisse", "Groupe", "National", "European", "High-Tech",
             "Bank", "City", "State", "Government", "University", "Fund")  # fmt: skip


@dataclass
class _Story:
    """What one invented text is about."""

    r: Random
    own: str
    kind: str
    amount: str
    leads: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.backers = list(dict.fromkeys([*self.leads, *self.others]))
        self.others = [name for name in self.others if name not in self.leads]
        self.noun = self.r.choice(_ROUNDS).format(self.kind)

    def filled(self, frame: str, **groups: str) -> str:
        """Fill a frame's slots."""
        self.groups = groups
        text = tidy(_SLOT.sub(lambda slot: self.slot(slot[1]), frame))
        return text.replace("\\n", "\n")

    def slot(self, name: str) -> str:
        r = self.r
        if name in ("L", "Lv", "LL", "P"):
            return self.groups["L" if name == "Lv" else name]
        known = {"O": self.own, "A": self.amount, "R": self.kind, "r": self.noun}
        if name in known:
            return known[name]
        makers = {
            "A2": lambda: money(r), "A3": lambda: money(r), "X": lambda: outside(r),
            "C1": lambda: outside(r), "Earl": lambda: outside(r),
            "H": lambda: pools.person(r), "C": lambda: joined(r, self._customers()),
            "E": lambda: joined(r, self.earlier or [pools.investor(r)]),
            "Y": lambda: str(r.randint(2010, 2025)),
            "n": lambda: str(r.randint(3, 900)),
            "F": lambda: joined(r, [pools.investor(r), pools.investor(r)]),
            "his": lambda: r.choice(["his", "her"]), "date": self._date,
            "day": lambda: pick(r, "days"), "place": lambda: pick(r, "towns"),
            "PLACE": lambda: pick(r, "towns").upper(),
            "q": lambda: r.choice(FRAMES["quotes"]),
            "goal": lambda: r.choice(FRAMES["goals"]),
            "goalT": lambda: r.choice(FRAMES["goals"]).title(),
            "thing": lambda: r.choice(FRAMES["things"]),
            "desc": lambda: pick(r, "company"), "descL": self._what,
            "descL0": lambda: f"a maker of {r.choice(FRAMES['things'])}",
            "held": lambda: small(r, pick(r, "investor_is")).removeprefix("which "),
            "Ls": self._short_lead, "ps": lambda: (self.others or self.backers)[0],
            "Ln": lambda: self._house(self.leads or self.backers),
            "Pn": lambda: self._house(self.others or self.backers),
        }  # fmt: skip
        return makers[name]()

    def _customers(self) -> list[str]:
        makers = [pools.company, pools.brand]
        return [self.r.choice(makers)(self.r) for _ in range(self.r.randint(1, 4))]

    def _date(self) -> str:
        day, month = self.r.randint(1, 28), pick(self.r, "months")
        return self.r.choice([f"{month} {day}, 2026", f"{day} {month} 2026"])

    def _what(self) -> str:
        what = pick(self.r, "company_is")
        return what.format(t=self.r.choice(FRAMES["things"]), pl=pick(self.r, "towns"))

    def _short_lead(self) -> str:
        name = (self.leads or self.backers)[0]
        first, *rest = name.split()
        may = rest and len(first) > 3 and first not in _NO_SHORT
        return first if may and self.r.random() < 0.08 else name

    def _house(self, names: list[str]) -> str:
        houses = [name for name in names if pools.kind_of(name) != "person"]
        return self.r.choice(houses or [outside(self.r)])


def money(r: Random) -> str:
    """Invent a sum."""
    number = r.choice(
        [
            r.randint(1, 9),
            r.randint(10, 99),
            r.randint(100, 600),
            round(r.uniform(1, 20), 1),
        ]
    )
    return f"{r.choice(_SIGNS)}{number}{r.choice(_SCALES)}"


def invent(r: Random) -> dict[str, Any]:
    """Invent a case as the gold cases are written; a sixth tells of no round."""
    own = (
        pools.brand(r) if r.random() < 0.7 else f"{pools.stem(r)} {pick(r, 'branches')}"
    )
    story = _Story(r, own, pick(r, "kinds_of_round"), money(r))
    if r.random() < 1 / 6:
        title, text = story.filled(r.choice(FRAMES["negative"])).split("|")
        return _case(story, title, text, told=False)
    leads = r.choices([0, 1, 2, 3], [12, 73, 13, 2])[0]
    others = r.choice([0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7])
    story.leads = [_backer(r) for _ in range(leads)]
    story.others = [_either(r) for _ in range(others or int(not leads))]
    if r.random() < 0.5:
        story.others.sort(key=lambda name: pools.kind_of(name) == "person")
    story.earlier = [pools.investor(r) for _ in range(r.randint(1, 3))]
    story.__post_init__()
    if r.random() < 0.3:
        story.earlier[0] = r.choice(story.backers)
    text = _text(story)
    frames = [f for f in FRAMES["titles"] if leads or "{Ls}" not in f]
    title = story.filled(r.choice(frames)) if r.random() < 0.96 else ""
    return _case(story, title, text, told=True)


def _backer(r: Random) -> str:
    return pools.fund(r) if r.random() < 0.62 else pools.investor(r)


def _either(r: Random) -> str:
    return pools.person(r) if r.random() < 0.24 else _backer(r)


def _text(story: _Story) -> str:
    r = story.r
    body = _body(story)
    for frame in r.sample(FRAMES["noise"], r.randint(0, 5)):
        at = r.randint(1, len(body)) if r.random() < 0.2 else len(body)
        body.insert(at, story.filled(frame))
    if r.random() < 0.1:
        body.insert(0, story.filled(r.choice(FRAMES["noise"])))
    text = body[0]
    for sentence in body[1:]:
        text += r.choice([" ", " ", "\n\n", "\n"]) + sentence
    if r.random() < 0.12:
        text += "\n\n" + story.filled(r.choice(FRAMES["about"]))
    return text


def _body(story: _Story) -> list[str]:
    """Tell of the round in one of several orders."""
    r, others = story.r, story.others
    opening = story.filled(r.choice(FRAMES["opens"]))
    if not story.leads:
        return [opening, _told(story, "nolead", story.backers)]
    way = r.random()
    if not others:
        return (
            [_told(story, "openled")] if way < 0.5 else [opening, _told(story, "leads")]
        )
    cut = len(others) if r.random() < 0.65 else r.randint(1, len(others))
    now, later = others[:cut], others[cut:]
    if way < 0.22:
        return [_told(story, "openled", others)]
    if way < 0.62:
        body = [opening, _told(story, "both", now)]
    elif way < 0.77:
        body = [_told(story, "openled"), _told(story, "joins", now)]
    else:
        body = [opening, _told(story, "leads"), _told(story, "joins", now)]
    return [*body, _told(story, "joins", later)] if later else body


def _told(story: _Story, kind: str, others: list[str] | None = None) -> str:
    """Fill a frame that names the leads, or others too where some are given."""
    r, many = story.r, len(story.leads) > 1
    frames = [
        frame
        for frame in FRAMES[kind]
        if ("{P}" in frame) == bool(others) and (many or "{LL}" not in frame)
    ]
    how = r.choice([0, 0.3, 0.5])
    ends = len(story.leads) - 1
    leads = [dressed(r, n, how, last=i == ends) for i, n in enumerate(story.leads)]
    group = joined(r, leads) if leads else ""
    people = listed(r, others) if others else ""
    return story.filled(r.choice(frames), L=group, LL=group, P=people)


def _case(story: _Story, title: str, text: str, *, told: bool) -> dict[str, Any]:
    sums, rounds = find_money(story.amount), find_rounds(f"its {story.kind} round")
    expected = {
        "investors": story.backers,
        "leads": story.leads,
        "amount": sums[0].amount if sums else None,
        "round_type": rounds[0].name if rounds else UNKNOWN,
    }
    return {
        "id": "invented",
        "lang": "en",
        "org": {"callsign": story.own},
        "title": title,
        "text": text,
        "expected": expected if told else None,
    }
