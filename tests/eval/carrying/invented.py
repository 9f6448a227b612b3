"""Invent pairs of evidence and claims that share few words. Pure.

The phrases are in tests/data/reader: on a line, what means the same stands between
bars; behind a slash comes its opposite, behind a second what is near and another thing.
A slot in braces is filled alike on both sides.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from intel.deals import pools
from tests.eval.carrying import grammar
from tests.eval.carrying.pairs import CARRIED, Pair
from tests.eval.tagging.slots import pick

DATA = Path(__file__).parents[2] / "data" / "reader"
_SLOT = re.compile(r"\{(\w+)\}")
Line = tuple[tuple[str, ...], ...]


def _lines(name: str) -> tuple[Line, ...]:
    told = (DATA / f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(
        tuple(tuple(p.strip() for p in part.split("|")) for part in line.split("/"))
        for line in told
    )


EVENTS, RELATIONS, ISSUES = _lines("events"), _lines("relations"), _lines("issues")
METRICS, CAUSES = _lines("metrics"), _lines("causes")
NOISE = tuple(line[0][0] for line in _lines("noise"))
VIEWS = {line[0][0][0]: (line[0][0][2:], *line[0][1:]) for line in _lines("views")}
_WORDS = {
    "K": "red pump|city bike|night cream|baby seat|X4 drill|cold drink|smart lock|"
    "frozen pizza|sleep tracker|garden robot|electric van|blood test|travel card",
    "G": "nurses|drivers|teachers|store managers|warehouse staff|accountants|"
    "small shops|students|new customers|cleaners|engineers|the night shift|"
    "the sales team|pilots",
    "Q": "the new harbour bridge|the city's school buses|the museum roof|the tram line|"
    "the county hospital|the football cup|the army's laundry|the library project",
    "L": "Polish|Spanish|Arabic|Dutch|Turkish|Welsh|Finnish|Japanese",
    "S": "new dashboard|training|support|mobile app|price|documentation|search|speed|"
    "reports|invoice layout|onboarding|last update|calendar|account manager",
    "D": "January|March|April|June|July|September|October|November",
    "R": "head of IT|finance chief|operations lead|head of sales|chief executive|"
    "clinic manager|project lead|spokesman|purchasing manager|minister",
}
_EXTENTS = (
    (" in two of its five regions", " in some of its regions", " in all its regions"),
    (" for a small group of customers", " for some customers", " for every customer"),
    (", starting with one team", ", for one team at first", ", for all teams at once"),
    (" for most of its goods", " for the bulk of its range", " for all its goods"),
    (", except in {T}", ", though not in {T}", ", including in {T}"),
)  # fmt: skip


class Story:
    """One company, what is told of it, and the claims made of that."""

    def __init__(self, r: Random) -> None:
        self.r = r
        short = pools.brand(r)
        short = short[0].upper() + short[1:]
        self.own = (f"{short} {pick(r, 'trades')}", short)
        self.slots: dict[str, str] = {}
        self.told: list[str] = []
        self.claims: list[tuple[str, str]] = []

    def fill(self, frame: str) -> str:
        """Fill the slots, each once for the whole story."""
        return _SLOT.sub(lambda found: self.slot(found[1]), frame)

    def slot(self, name: str) -> str:
        """Give what a slot stands for, invented where it is new."""
        if name not in self.slots:
            self.slots[name] = self._invented(name[0])
        return self.slots[name]

    def fresh(self) -> None:
        """Forget what the slots stand for: another thing is told of."""
        self.slots.clear()

    def _invented(self, kind: str) -> str:
        r = self.r
        if kind in _WORDS:
            return r.choice(_WORDS[kind].split("|"))
        makers: dict[str, Callable[[], str]] = {
            "T": lambda: pick(r, "towns"), "U": lambda: pick(r, "towns"),
            "C": lambda: pools.company(r), "V": lambda: pools.brand(r),
            "W": lambda: pools.brand(r), "P": lambda: pools.person(r),
            "N": lambda: str(r.choice([r.randint(3, 40), 10 * r.randint(5, 90)])),
            "Y": lambda: str(r.randint(1950, 2024)),
            "M": lambda: (
                f"{r.randint(2, 400)} million {r.choice(['euros', 'dollars'])}"
            ),
        }  # fmt: skip
        return makers[kind]()

    def subject(self) -> str:
        """Name the company, in one way or the other."""
        return self.r.choice([self.own[0], self.own[1], self.own[1], "the company"])

    def add(self, claim: str, sort: str = CARRIED) -> None:
        """Note a claim that the evidence carries, or what is wrong with it."""
        said = self.fill(claim)
        self.claims.append((said[0].upper() + said[1:].rstrip(".") + ".", sort))

    def tell(self, sentence: str) -> None:
        """Note a sentence of the evidence."""
        said = self.fill(sentence)
        self.told.append(said[0].upper() + said[1:].rstrip(".") + ".")


def two(r: Random, same: Sequence[str]) -> tuple[str, str]:
    """Choose two ways of saying one thing, seldom the same one."""
    first = r.choice(same)
    others = [one for one in same if one != first]
    return first, (r.choice(others) if others and r.random() < 0.85 else first)


def event(s: Story) -> None:
    """Tell of a deed, and claim it done, planned, denied, of more, for a reason."""
    r = s.r
    same, opposite, near = r.choice(EVENTS)
    deed, again = two(r, same)
    way = r.choice(list(grammar.TOLD))
    extent = r.choice(_EXTENTS) if r.random() < 0.25 else ("", "", "")
    cause = r.choice(CAUSES)[0] if r.random() < 0.3 else ()
    reason, why = two(r, cause) if cause else ("", "")
    told = grammar.tell(r, way, s.own[r.randint(0, 1)], deed) + extent[0]
    speaker = ", said {P}, {R} of {C}" if r.random() < 0.15 else ""
    s.tell(f"{told}{f' because of {reason}' if reason else ''}{speaker}")
    right = r.choice((way, way, *grammar.ALSO.get(way, ())))

    def claim(how: str, what: str) -> str:
        return grammar.tell(r, how, s.subject(), what, claimed=True)

    s.add(claim(right, again) + (extent[1] if r.random() < 0.7 else ""))
    wrong = r.choice(grammar.NEVER[way].split())
    s.add(claim(wrong, again), grammar.SORTS.get(wrong, "certainty"))
    s.add(claim(way, r.choice(opposite)), "direction")
    if r.random() < 0.5:
        s.add(claim(way, r.choice(near)), "invented")
    if extent[0] and way not in ("not", "refuse", "fail", "yet", "deny"):
        s.add(claim(right, again) + extent[2], "extent")
    if reason:
        s.add(f"{claim(right, again)} because of {why}")
        s.add(f"{why[0].upper()}{why[1:]} is the reason: {claim(right, again)}")
    if reason or r.random() < 0.2:
        other = r.choice([c for c in CAUSES if c[0] != cause])[0]
        s.add(f"{claim(right, again)} because of {r.choice(other)}", "invented")
    if speaker:
        s.add(f"According to {{C}}, {claim(right, again)}")
        s.add(f"According to {{C2}}, {claim(right, again)}", "attribution")


def relation(s: Story) -> None:
    """Tell what one firm did to another, and claim it turned round."""
    r = s.r
    line = r.choice(RELATIONS)
    deed, again = two(r, line[0])
    sides = [s.own[1], s.slot("C")]
    r.shuffle(sides)
    way = r.choice(["done", "done", "plan", "maybe", "refuse", "rumour"])

    def put(what: str, whom: str) -> str:
        return what.replace("{b}", whom)

    s.tell(grammar.tell(r, way, sides[0], put(deed, sides[1])))

    def claim(how: str, who: str, what: str) -> str:
        return grammar.tell(r, how, who, what, claimed=True)

    s.add(claim(way, sides[0], put(again, sides[1])))
    s.add(claim(way, sides[1], put(again, sides[0])), "subject")
    wrong = r.choice(grammar.NEVER[way].split())
    s.add(
        claim(wrong, sides[0], put(again, sides[1])),
        grammar.SORTS.get(wrong, "certainty"),
    )
    s.add(claim(way, s.slot("C3"), put(again, sides[1])), "subject")


_OPEN = "{G} in {T} cannot {i}|{G} report that they are unable to {i}|" \
        "Since the update on Monday {G} can't {i}|{G} fail whenever they try to {i}|" \
        "It is still not possible for {G} to {i}"  # fmt: skip
_SOLVED = (
    "{G} could not {i} for two days; this was fixed on Friday|Resolved: {G} were "
    "unable to {i}|The error that kept {G} from being able to {i} is gone|"
    "{G} could not {i} last week. It has been working again since the patch"
)
_SAY_OPEN = (
    "{G} are unable to {i}|{G} have trouble trying to {i}|At the moment {G} "
    "cannot {i}|The attempt to {i} still fails for {G}"
)
_SAY_SOLVED = (
    "{G} can {i} again|{G} are able to {i} once more|The problem {G} had when "
    "trying to {i} has been solved|It is possible again for {G} to {i}"
)
_KNOWN = "Engineering found the cause: {c}|It was traced to {c}|The reason was {c}"
_UNKNOWN = (
    "The cause is not known yet|Support could not reproduce it|"
    "Nobody has found out why so far|The reason is still being looked for"
)
_AROUND = "Until it is fixed they do it by hand|As a workaround they use the web page"


def issue(s: Story) -> None:
    """Tell of something that does not work, or does again, and for whom."""
    r = s.r
    same = r.choice(ISSUES)[0]
    one, again = two(r, same)
    solved = r.random() < 0.4

    def say(frames: str, what: str) -> str:
        return r.choice(frames.split("|")).replace("{i}", what)

    s.tell(say(_SOLVED if solved else _OPEN, one))
    s.add(say(_SAY_SOLVED if solved else _SAY_OPEN, again))
    s.add(
        say(_SAY_OPEN if solved else _SAY_SOLVED, again),
        "age" if solved else "direction",
    )
    other = r.choice([line for line in ISSUES if line[0] != same])[0]
    s.add(say(_SAY_SOLVED if solved else _SAY_OPEN, r.choice(other)), "invented")
    s.slots["G9"] = r.choice([g for g in _WORDS["G"].split("|") if g != s.slots["G"]])
    s.add(say(_SAY_OPEN, again).replace("{G}", "{G9}"), "subject")
    if not solved:
        s.add(say(_SAY_OPEN, again).replace("{G}", "all users"), "extent")
    way = r.random()
    cause = r.choice(CAUSES)[0]
    why, reason = two(r, cause)
    if way < 0.3:
        s.tell(r.choice(_KNOWN.split("|")).replace("{c}", why))
        s.add(f"{reason} kept {{G}} from what they wanted to do")
        s.add("Nobody knows yet what caused the trouble of {G}", "negation")
    elif way < 0.6:
        s.tell(r.choice(_UNKNOWN.split("|")))
        s.add("What lies behind the trouble of {G} is unclear")
        s.add(f"{reason} turned out to be behind the trouble of {{G}}", "invented")
    elif not solved:
        s.tell(r.choice(_AROUND.split("|")))
        s.add("{G} help themselves for the time being")
        s.add("{G} have no way around the problem", "negation")


def view(s: Story) -> None:
    """Tell what people think of things."""
    r = s.r
    mood, other = r.sample(sorted(VIEWS), 2)
    (one, again), second = two(r, VIEWS[mood]), r.choice(VIEWS[other])
    both = r.random() < 0.6
    s.slots["S2"] = r.choice([w for w in _WORDS["S"].split("|") if w != s.slot("S")])
    two_of_them = f" {{P2}} {second.replace('{S}', '{S2}')}." if both else ""
    s.tell(f"{{P}} ({{R}}) {one}.{two_of_them}")
    s.add(f"{{P}} {again}")
    s.add(f"{{P}} {r.choice(VIEWS[other])}", "direction")
    s.add(f"{{P}} {again.replace('{S}', '{S2}')}", "invented")
    if both:
        s.add(f"{{P2}} {r.choice(VIEWS[other]).replace('{S}', '{S2}')}")
        s.add(f"{{P2}} {again}", "attribution")
        s.add(f"While {{P}} {again}, {{P2}} {second.replace('{S}', '{S2}')}")


_UP = "rose|grew|increased|went up|climbed|are up"
_DOWN = "fell|dropped|decreased|went down|shrank|declined|are down"
_STEPS = ((2.0, "doubled", "twofold"), (1.5, "by half", "by 50 percent"),
          (1.25, "by a quarter", "by 25 percent"), (0.5, "halved", "by 50 percent"),
          (0.75, "by a quarter", "by 25 percent"), (1.1, "by a tenth", "by 10 percent"),
          (0.9, "by a tenth", "by 10 percent"), (0.8, "by a fifth", "by 20 percent"),
          (1.33, "by about a third", "by roughly 33 percent"),
          (0.67, "by about a third", "by roughly 33 percent"),
          (3.0, "tripled", "threefold"))  # fmt: skip


def metric(s: Story) -> None:
    """Tell of figures that rise or fall, with the change to be reckoned."""
    r = s.r
    one, again = two(r, r.choice(METRICS)[0])
    step, plain, percent = r.choice(_STEPS)
    start = r.choice([40, 80, 120, 200, 400, 600, 1200])
    end = round(start * step)
    ups, downs = _UP.split("|"), _DOWN.split("|")
    mine, others = (ups, downs) if step > 1 else (downs, ups)
    if r.random() < 0.4:
        s.tell(f"{one}: {start} in {{D}} {{Y}}, {end} a quarter later")
    else:
        s.tell(f"{one} {r.choice(mine)} from {start} to {end} since {{D}}")
    size = r.choice([plain, percent])
    verb = "" if plain in ("doubled", "tripled", "halved") else r.choice(mine)
    s.add(f"{again} {verb or plain} {'' if not verb else size}".strip())
    s.add(f"{again} {r.choice(mine)}")
    s.add(f"{again} {r.choice(others)}", "direction")
    s.add(f"{again} remained stable", "direction")
    wrong = r.choice([p for n, p, _ in _STEPS if (n > 1) == (step > 1) and p != plain])
    s.add(f"{again} {wrong if wrong[:2] != 'by' else f'{mine[0]} {wrong}'}", "number")
    rest = r.choice([line for line in METRICS if one not in line[0]])[0]
    s.add(f"{r.choice(rest)} {r.choice(mine)}", "subject")


def invent(r: Random, most: int = 4) -> list[Pair]:
    """Invent a story, and give up to `most` claims on it, about half of them true."""
    s = Story(r)
    makers = [event, event, event, relation, issue, view, metric]
    for make in r.choices(makers, k=r.choice([1, 1, 2, 2, 3])):
        make(s)
        s.fresh()
    for frame in r.sample(NOISE, r.choice([0, 0, 1, 2])):
        s.tell(frame)
        s.fresh()
    blocks = s.told[:]
    r.shuffle(blocks)
    right = [c for c in s.claims if c[1] == CARRIED]
    wrong = [c for c in s.claims if c[1] != CARRIED]
    half = most // 2
    chosen = r.sample(right, min(half, len(right)))
    if len(right) > 1 and r.random() < 0.2:
        one, other = r.sample(right, 2)
        chosen.append((f"{one[0].rstrip('.')}, and {other[0]}", CARRIED))
    chosen += r.sample(wrong, min(half, len(wrong)))
    return [Pair(said, tuple(blocks), s.own, sort) for said, sort in chosen]
