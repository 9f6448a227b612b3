"""Put a deed into words: as done, planned, denied, rumoured and so on. Pure.

A deed is written as its verb's base form and what follows: "open an office in Lyon".
"""

import re
from random import Random

_IRREGULAR = {
    line.split()[0]: tuple(line.split()[1:])
    for line in """\
be was been
become became become
begin began begun
beat beat beaten
break broke broken
bring brought brought
build built built
buy bought bought
choose chose chosen
come came come
cut cut cut
deal dealt dealt
find found found
get got got
give gave given
go went gone
grow grew grown
hand handed handed
have had had
help helped helped
hide hid hidden
hold held held
keep kept kept
land landed landed
lay laid laid
leave left left
lend lent lent
let let let
live lived lived
lose lost lost
make made made
meet met met
miss missed missed
owe owed owed
part parted parted
pay paid paid
put put put
refuse refused refused
rewrite rewrote rewritten
run ran run
say said said
sell sold sold
send sent sent
set set set
shut shut shut
speak spoke spoken
spend spent spent
split split split
stay stayed stayed
take took taken
teach taught taught
tear tore torn
tell told told
win won won
write wrote written""".splitlines()
}
_DOUBLED = {"drop", "cut", "get", "let", "put", "run", "set", "shut", "split", "win",
            "begin", "scrap", "step", "ship", "bid", "stop"}  # fmt: skip

# How a deed may be told: frames with the verb as base, past, participle and gerund.
TOLD = {
    "done": "{X} has {pp}|{X} {p} last week|{X} {p} in {D}|{X} has now {pp}|"
    "{X} {p}|It is official: {X} has {pp}|After long talks, {X} {p}",
    "plan": "{X} plans to {v}|{X} intends to {v}|{X} wants to {v}|"
    "{X} will {v} next year|{X} is going to {v}|{X} is preparing to {v}|"
    "{X} has announced that it will {v}|{X} is set to {v}|{X} aims to {v}|"
    "{X} is to {v} by {D}|{X} expects to {v} in the spring",
    "maybe": "{X} may {v}|{X} is considering {g}|{X} is weighing whether to {v}|"
    "{X} could {v}|{X} is thinking about {g}|Whether {X} will {v} is still open|"
    "{X} has not decided yet whether to {v}|{X} might {v}|"
    "{X} is toying with the idea of {g}|It is possible that {X} will {v}",
    "rumour": "{X} is said to have {pp}|Rumour has it that {X} has {pp}|"
    "According to two people close to the matter, {X} has {pp}|"
    "{X} has reportedly {pp}|It is reported, without confirmation, that {X} {p}|"
    "Unnamed sources claim that {X} has {pp}",
    "not": "{X} has not {pp}|{X} did not {v}|{X} has never {pp}|At no time did {X} {v}",
    "refuse": "{X} will not {v}|{X} has ruled out {g}|{X} has decided not to {v}|"
    "{X} has no plans to {v}|{X} decided against {g}|{X} does not want to {v}|"
    "{X} refuses to {v}|{g} is out of the question for {X}",
    "yet": "{X} has yet to {v}|{X} has not {pp} so far|{X} still has not {pp}|"
    "So far {X} has put off {g}",
    "fail": "{X} tried to {v} but failed|{X} was unable to {v}|{X} could not {v}|"
    "{X} failed in its attempt to {v}|{X} did not manage to {v}",
    "must": "{X} has to {v}|{X} must {v}|{X} was ordered to {v}|"
    "{X} is obliged to {v}|The court told {X} to {v}|{X} is under orders to {v}",
    "ask": "{C} asked {X} to {v}|{C} wants {X} to {v}|{C} urged {X} to {v}|"
    "{C} has called on {X} to {v}|The wish of {C} is that {X} should {v}",
    "cond": "{X} will {v} only if {N} customers agree|"
    "{X} will {v} unless the talks succeed|Provided the board agrees, {X} will {v}|"
    "Should the regulator consent, {X} will {v}|{X} would {v} if money allowed",
    "under": "{X} is {g}|{X} is in the middle of {g}|{X} has begun {g}|"
    "{X} has started {g}|{X} is currently {g}",
    "deny": "{X} denied that it had {pp}|{X} rejected reports that it had {pp}|"
    "{X} says it has not {pp}|Reports that it had {pp} are wrong, {X} said",
    "promise": "{X} promised to {v}|{X} has pledged to {v}|{X} gave its word to {v}|"
    "{X} assured everyone that it would {v}",
}  # fmt: skip
# What a teller's way carries beside itself, and what it surely does not.
ALSO = {"fail": ("not",), "yet": ("not",), "promise": ("plan",)}
NEVER = {
    "done": "not refuse fail yet deny maybe",
    "plan": "done refuse fail ask",
    "maybe": "done plan refuse must under",
    "rumour": "done deny not",
    "not": "done under",
    "refuse": "done plan under promise",
    "fail": "done",
    "yet": "done refuse",
    "must": "done refuse",
    "ask": "done plan promise refuse",
    "cond": "done refuse",
    "under": "refuse fail maybe",
    "deny": "done plan",
    "promise": "done refuse fail",
}
_BESIDE = re.compile(
    r"last week|\{D\}|next year|spring|long talks|official|two people|court"
)
_ON_CONDITION = (
    "{X} will {v} only on one condition",
    "Whether {X} will {v} depends on something that has not happened yet",
    "{X} would {v} if something else fell into place",
)
SORTS = {"refuse": "negation", "fail": "negation", "not": "negation",
         "deny": "negation", "yet": "negation"}  # fmt: skip


def past(verb: str) -> str:
    """Give a verb's past."""
    return _IRREGULAR[verb][0] if verb in _IRREGULAR else _regular(verb)


def participle(verb: str) -> str:
    """Give a verb's past participle."""
    return _IRREGULAR[verb][1] if verb in _IRREGULAR else _regular(verb)


def gerund(verb: str) -> str:
    """Give a verb's -ing form."""
    if verb in _DOUBLED:
        return f"{verb}{verb[-1]}ing"
    silent = verb.endswith("e") and not verb.endswith("ee") and verb != "be"
    return f"{verb[:-1] if silent else verb}ing"


def _regular(verb: str) -> str:
    if verb in _DOUBLED:
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def tell(r: Random, way: str, subject: str, deed: str, *, claimed: bool = False) -> str:
    """Tell a deed of a subject in one way, as a sentence without its end.

    What is `claimed` says nothing beside that, as when or on what condition.
    """
    verb, _, rest = deed.partition(" ")
    rest = f" {rest}" if rest else ""
    forms = {
        "X": subject,
        "v": deed,
        "p": past(verb) + rest,
        "pp": participle(verb) + rest,
        "g": gerund(verb) + rest,
    }
    frames = TOLD[way].split("|")
    if claimed:
        plain = [frame for frame in frames if not _BESIDE.search(frame)]
        frames = list(_ON_CONDITION) if way == "cond" else plain
    frame = r.choice(frames)
    said = re.sub(r"\{(X|v|p|pp|g)\}", lambda found: forms[found[1]], frame)
    return said[0].upper() + said[1:]
