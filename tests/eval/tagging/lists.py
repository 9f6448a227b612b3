"""Write lists of backers as news does: roles, asides, groups, owners. Pure."""

import re
from random import Random

from intel.deals import pools
from tests.eval.tagging.slots import pick

_OPEN = "\0"  # a comma that closes an aside, if the sentence goes on
_PLAIN_JOINTS = (" and ", " and ", " and ", ", and ", ", and ", " as well as ",
                 ", as well as ", " & ", " plus ", ", plus ", ", along with ",
                 " and also ", ", and also ")  # fmt: skip
_GROUP_JOINTS = (", as well as ", " and ", ", along with ", ", plus ", "; ", ", and ",
                 ", together with ", " as well as ", " alongside ")  # fmt: skip
_RUN_BY = ("funds managed by", "affiliates of", "the venture arm of")
_ARMS = ("venture arm", "corporate venture arm", "VC unit", "venture fund",
         "investment arm")  # fmt: skip


def outside(r: Random) -> str:
    """Invent the name of somebody who has no part in the round."""
    return pools.weighed(r, [(55, pools.brand), (27, pools.company), (18, pools.fund)])


def small(r: Random, frame: str) -> str:
    """Fill the slots of a phrase: {x} a name, {pl} a town, {y} a year, {n} a count."""
    makers = {
        "x": lambda: outside(r),
        "pl": lambda: pick(r, "towns"),
        "y": lambda: str(r.randint(2012, 2025)),
        "n": lambda: r.choice(["three", "four", "nine", "60", "12"]),
    }
    return re.sub(r"\{(\w+)\}", lambda slot: makers[slot[1]](), frame)


def tidy(text: str) -> str:
    """Put commas and capitals right where pieces were joined."""
    text = re.sub(rf"{_OPEN}(?=[.;:]|$)", "", text).replace(_OPEN, ",")
    for pattern, right in ((r",\s*,", ","), (r",(?=[.;:])", ""), (r"\s+,", ","),
                           (r"\.\.(?!\.)", ".")):  # fmt: skip
        text = re.sub(pattern, right, text)
    text = re.sub(r"(?<=\. )([a-z])(?=[a-z]+ )", lambda found: found[1].upper(), text)
    brand = re.match(r"[a-z]+[A-Z\d]", text)
    return text if brand else text[:1].upper() + text[1:]


def dressed(r: Random, name: str, often: float, *, last: bool) -> str:
    """Give a name with what may stand around it: its trade, home, owner, or a role."""
    if r.random() >= often:
        return name
    close = _OPEN if last else ","
    if pools.kind_of(name) == "person":
        return _person(r, name, close)
    return _house(r, name, close)


def _person(r: Random, name: str, close: str) -> str:
    role = small(r, pick(r, "person_is"))
    post = r.choice(["Managing Director", "CEO", "founder", "co-founder", "former CFO"])
    (made,) = r.choices(
        [
            f"{small(r, pick(r, 'person'))} {name}",
            f"{name}, {role}{close}",
            f"{name} ({outside(r)})",
            f"{name} ({role.removeprefix('who ')})",
            f"{name} of {outside(r)}",
            f"{name}, {post} of {outside(r)}{close}",
        ],
        [30, 32, 12, 10, 8, 8],
    )
    return made


def _house(r: Random, name: str, close: str) -> str:
    town, where, trade = pick(r, "towns"), pick(r, "from_where"), pick(r, "investor")
    lead_in = r.choice(["the", "a", f"the {town}-based", f"a {where}", f"the {where}"])
    arm, owner = r.choice(_ARMS), outside(r)
    (made,) = r.choices(
        [
            f"{town}-based {name}",
            r.choice(
                [f"{town}'s {name}", f"{where}'s {name}", f"the {where} {trade} {name}"]
            ),
            f"{r.choice(['', '', where + ' ', 'the '])}{trade} {name}",
            f"{pick(r, 'investor_before')} {name}",
            f"{name}, {lead_in} {trade}{close}",
            f"{name}, {small(r, pick(r, 'investor_is'))}{close}",
            f"{name} ({r.choice([town, where, f'the fund of {owner}', trade])})",
            r.choice([f"{owner}-backed {name}", f"{pools.person(r)}-led {name}"]),
            f"{owner}'s {arm}{r.choice([',', '', ''])} {name}",
            f"{name}, the {arm} of {owner}{close}",
            f"{name}'s {arm}",
            f"{r.choice(_RUN_BY)} {name}",
            f"{owner}, {r.choice(['via', 'through', 'through its fund'])} {name}",
            f"the {name}",
            f"{pools.person(r)} of {name}",
            f"{owner}-{r.choice(['spinoff', 'linked', 'owned', 'born'])} {name}",
        ],
        [13, 9, 14, 10, 14, 8, 6, 5, 4, 3, 3, 3, 3, 2, 3, 2],
    )
    return made


def joined(r: Random, items: list[str]) -> str:
    """Join the items of a list by commas, semicolons and an "and"."""
    if len(items) == 1:
        return items[0]
    *before, last = items
    if len(items) > 2 and any("," in item for item in items) and r.random() < 0.45:
        stops = "; ".join(item.rstrip(",") for item in before)
        return stops + r.choice(["; and ", "; ", "; and also "]) + last
    joint = r.choice(_PLAIN_JOINTS)
    if len(items) == 2 and joint.startswith(",") and r.random() < 0.6:
        joint = " and "
    text = before[0]
    for item in before[1:]:
        text += (" " if text.endswith(",") else ", ") + item
    return text + (joint.removeprefix(",") if text.endswith(",") else joint) + last


def listed(r: Random, names: list[str]) -> str:
    """Write a list of backers, often in two groups, some with nameless ones."""
    often = r.choice([0, 0.2, 0.5, 0.8])
    people = [name for name in names if pools.kind_of(name) == "person"]
    houses = [name for name in names if name not in people]
    groups = [names]
    if people and houses and r.random() < 0.75:
        groups = [houses, people]
    elif not people and len(names) > 3 and r.random() < 0.5:
        cut = r.randint(1, len(names) - 1)
        groups = [names[:cut], names[cut:]]
    written = [_group(r, group, often, grouped=len(groups) > 1) for group in groups]
    text = written[0]
    if len(written) > 1:
        text = text.rstrip(f",{_OPEN}") + r.choice(_GROUP_JOINTS) + written[1]
    if r.random() < 0.14:
        joint = r.choice([" and ", ", and ", " as well as ", ", plus "])
        text = text.rstrip(f",{_OPEN}") + joint + small(r, pick(r, "nameless"))
    elif r.random() < 0.04:
        text += ", among others"
    return text


def _group(r: Random, names: list[str], often: float, *, grouped: bool) -> str:
    ends = len(names) - 1
    text = joined(
        r, [dressed(r, n, often, last=i == ends) for i, n in enumerate(names)]
    )
    people = all(pools.kind_of(name) == "person" for name in names)
    if len(names) < 2 or not (grouped or people) or r.random() < 0.4:
        return text
    if people:
        return f"{pick(r, 'persons')} {text}"
    more = r.choice(["", "", "", " including", " such as"])
    return f"{pick(r, 'investors')}{more} {text}"
