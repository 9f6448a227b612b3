"""Read who put money in, and who led, out of marked sentences. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intel.deals.marks import MONEY, ROUND
from intel.deals.namelists import read_names

_LED = (
    r"(?:co-?led|led|headed|anchored|spearheaded|fronted|jointly led)"
    r"(?:\s(?:together|jointly))?\sby|"
    r"(?:is|was|are|were) led by|leading (?:the|this) \w+ (?:is|was|were|are)|"
    r"the lead came from|under the lead(?:ership)? of|"
    r"lead (?:was |is )?taken by|angeführt von|"
    r"unter (?:der )?(?:Führung|Federführung|Leitung) (?:von|des|der)|geführt von"
)
_LEAD_IS = (
    r"(?:lead(?:ing)? investors?|lead-?investor(?:en|in)?|leadinvestor(?:en)?|"
    r"haupt-?investor(?:en|in)?|führungsinvestor(?:en)?|leitinvestor|lead der \w*runde)"
    r"\s(?:is|was|are|were|ist|war|sind|waren)"
)
_GERMAN_LED = (
    r"(?:angeführt|geführt)\s(?:wird|wurde|haben|hat|werden|wurden)\s"
    r"(?:(?:die|diese)\s[\w-]+\s|sie\s)?(?:vo[nm]\b)?|haben sie|"
    r"Führung übernahm(?:en)?|"
    r"Führung übernimmt"
)
_WITH = (
    r"participation (?:from|by|of)|participating (?:investors )?(?:include[ds]?|were|"
    r"are)|"
    r"joined by|alongside|along with|as did|co-?investors?:?|together with|"
    r"with (?=[^.;]{3,140}?\b(?:joining|participating|taking part|chipping in|"
    r"investing|rounding out|making up|completing|filling|coming in|"
    r"co-investing|following on|contributing|returning)\b)|"
    r"backed by|backing (?:from|of)|supported by|support (?:from|of)|"
    r"contributions? from|(?:provided|contributed|supplied|put up|stumped up) by|"
    r"(?:invested|took part|participated|joined|came in)(?: too| as well| also)?,? "
    r"(?:among them|including|such as)|"
    r"(?:neu )?(?:an Bord|mit von der Partie|dabei|hinzu) (?:kommen|kommt|kamen|sind|"
    r"ist|waren)(?: auch| zudem| außerdem| noch| neu)*|"
    r"(?:Investoren|Geldgeber|Kapitalgeber|Gesellschafter)(?: der Runde)? "
    r"(?:sind|waren)(?: auch| zudem| außerdem)?|"
    r"(?:other |new |existing |angel |further )*(?:investors|backers|participants|"
    r"shareholders|individuals|angels|others|newcomers|those)"
    r"(?: in the (?:round|financing|deal|syndicate)| (?:taking part|participating|"
    r"joining|investing|on board))?"
    r"(?:,\s[^,;]{3,40},)?(?: also| now)? (?:include[ds]?|including|are|were|such as)|"
    r"(?:also )?in the (?:round|deal|syndicate)(?: are| were|:)|"
    r"comprising|consisting of|made up of|coming from|mit dabei:|beteiligt haben sich|"
    r"(?:joining|participating in|backing|investing in) (?:the|this) \w+ (?:are|were|"
    r"is|was)|"
    r"among (?:the|its) (?:\w+ )?(?:investors|backers) (?:are|were|is)|"
    r"includes|(?:and|also) including|that (?:also )?included?s?|"
    r"(?:money|cash|funds|capital|funding|financing|investment|extension|tranche|round|"
    r"rest|remainder|top-up|geld|mittel) (?:comes|came|"
    r"come|stems|stammt|stammen|kommt|kommen|kam) (?:from|vo[nm])|neu dabei (?:ist|"
    r"sind)|"
    r"(?:also )?on board (?:are|is)|also (?:drew|attracted|included)|"
    r"also (?:investing|participating|joining|in the round) (?:were|was|are|is)|"
    r"(?:mit|unter) (?:der )?Beteiligung (?:von|des|der)|mit (?:dabei|an Bord) sind"
    r"(?: auch| zudem| außerdem)?|außerdem beteilig(?:en|t|ten) sich|"
    r"(?:daneben|zudem|zusätzlich|ferner|auch|weiterhin) beteilig(?:en|t|ten) sich"
    r"(?: auch)?|beteilig(?:en|t|ten) sich|beteiligt sind(?: auch)?|"
    r"welcom(?:e|es|ed|ing) (?=[^.;]{2,80}\bas (?:an? |our |its )?(?:\w+ )?"
    r"(?:investor|partner|shareholder|backer)s?\b)|"
    r"(?:außerdem|zudem|ebenfalls|auch|ferner|daneben) sind (?=[^.;]*\b(?:beteiligt|"
    r"dabei|eingestiegen)\b)|(?<=, )ebenso (?:wie )?(?=die |der |das |auch |[A-ZÄÖÜ])|"
    r"zu den (?:\w+en )?(?:Investoren|"
    r"Geldgebern|Kapitalgebern) (?:gehören|zählen)"
    r"(?: auch| zudem| außerdem)?|investier(?:t|en|ten)|sowie von|"
    r"ebenfalls (?:dabei|beteiligt|investiert) (?:sind|ist|haben|hat)|darunter|"
    r"neben (?=.*\b(?:investier|beteilig))"
)
_VON_LED = re.compile(
    r"\b(?:von|vom)\s(?P<who>[^,;.:]{2,90}?)\s(?:an)?geführt", re.IGNORECASE
)
_WITH_LEADING = re.compile(
    r"\bwith\s(?P<who>[A-ZÄÖÜ\d](?:(?!\bparticipat|\bjoin|\binvesting)[^;:]){1,90}?)\s"
    r"(?:leading|in the lead|as (?:the )?(?:co-)?lead)\b"
)
# "led by A, alongside B": B takes part.
_BESIDE = re.compile(
    r",\s(?:alongside|along with|together with|as well as)\s|"
    r",\s(?:and|while)\s(?=[A-ZÄÖÜ][^,;.]*?(?<!and)\s(?:also |both )?(?:participated|"
    r"joined|invested|took part|followed|contributed|chipped in|came in)\b(?! by))"
)
_FROM = r"\b(?:from|von|vom)\b"
_AFTER_CUE = re.compile(
    rf"(?:(?P<lead>\b(?:{_LED}|{_LEAD_IS}|{_GERMAN_LED}))|(?P<with>\b(?:{_WITH})))"
    r"(?:(?<!\w)|(?!\w))",
    re.IGNORECASE,
)

_JOIN_VERB = (
    r"(?:also |again |both |all |then |wieder |auch |ebenfalls |erneut )*"
    r"(?:participat(?:ed|es|ing|e)|join(?:ed|s|ing)?|took part|takes part|taking part|"
    r"invested|investing|invests|followed on|follow(?:s|ed)|chipp(?:ed|ing) in|"
    r"contributed|(?:put|chipped|threw) (?:in|up)|put money|"
    r"complete[ds]? the (?:syndicate|round|group|line-?up)|round(?:s|ed)? out the|"
    r"were joined by|was joined by|came in|"
    r"return(?:ed|s)"
    r"|re-?upped|doubled down|are (?:also )?investors|were (?:also )?investors|"
    r"(?:is|are) also (?:in|taking part|on board)|"
    r"(?:is|was|are|were) (?:the )?(?:sole|only|other|additional) investors?|"
    r"came back|came (?:aboard|on board)|signed on|pitched in|backed|wrote (?:the|"
    r"a) [\w\s]{0,20}(?:cheque|check)|"
    r"piled in|"
    r"beteilig(?:t|te|ten|en)|ziehen|zieht|zogen|sind (?:wieder |auch )?dabei|"
    r"ist (?:wieder |auch )?dabei|investier(?:t|te|ten|en)|(?:gingen|gehen|geht|"
    r"ging) (?:\w+ )?mit|"
    r"steigt ein|steigen ein|stieg|stiegen|machten mit)"
)
_LEAD_VERB = (
    r"(?:has |have |will |is |are )?(?:also )?(?:took the lead|co-?led|co-?leads?|led|"
    r"leads?|leading|"
    r"headed|anchored|was the lead|were the lead|is the lead|acted as (?:the )?lead|"
    r"führt|führen|führte|führten|spearheaded|hat .{0,40}angeführt)"
)
_BEFORE_VERB = re.compile(
    rf"(?P<who>[^;:{MONEY[1:-1]}]*?)\s(?:(?P<lead>{_LEAD_VERB})|"
    rf"(?P<join>{_JOIN_VERB}))\b"
)
_WHICH_LED = re.compile(
    r"(?P<who>[A-ZÄÖÜ\d][^,;]*),\s(?:which|who)\s(?:also\s)?(?:co-)?led"
    rf"(?:\sthe\s(?:{ROUND}[^\s,]*|\w*(?:round|financing|deal|investment|funding|raise|"
    r"transaction|extension|syndicate)\b)|\sit\b|(?=,|\.|$)),?"
)
_ASIDE = re.compile(
    r",\s(?:an?|(?:which|who)(?!\salso)|whose|(?:through|via|über) (?:its|seinen?|"
    r"ihren?|the)|ein|eine|(?:the|der|die|das)"
    r"(?=[^,;]{3,50}\s(?:of|behind|von|des|hinter)\s))\s[^,;\ue100-\ue1ff]{3,70},"
)
_COUNTS = re.compile(r"\bcounts (?P<who>[^;]+?) among\b")
_LEAD_INVESTOR = re.compile(
    r"\blead investor(?P<many>s)?\s(?=[A-Z\d])(?P<names>[^;]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Backers:
    """Who put money into a round; `leads` are among `every`."""

    every: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()

    def joined(self, other: "Backers") -> "Backers":
        """Add the names of another passage, each once."""
        return Backers(_once(self.every + other.every), _once(self.leads + other.leads))


def in_telling(text: str, own: frozenset[str], *, invested: bool) -> Backers:
    """Read the backers out of the sentence that tells the round."""
    found = in_sentence(text, own)
    text, _ = without_asides(text, own)
    if invested:
        return found.joined(_who_invests(text, own))
    for match in re.finditer(_FROM, text):
        if _money_from(text[: match.start()]):
            names = read_names(text[match.end() :], own)
            found = found.joined(Backers(names))
    return found


def in_sentence(text: str, own: frozenset[str]) -> Backers:
    """Read the backers that a marked sentence names after or before its cues."""
    text, found = without_asides(text, own)
    for match in _LEAD_INVESTOR.finditer(text):
        names = read_names(match["names"], own)
        leads = names if match["many"] else names[:1]
        found = found.joined(Backers(names, leads))
    for match in _AFTER_CUE.finditer(text):
        names = read_names(text[match.end() :], own)
        leads = read_names(_BESIDE.split(text[match.end() :])[0], own)
        found = found.joined(Backers(names, leads if match["lead"] else ()))
    for match in _COUNTS.finditer(text):
        found = found.joined(Backers(read_names(match["who"], own)))
    for match in (*_VON_LED.finditer(text), *_WITH_LEADING.finditer(text)):
        names = read_names(match["who"], own)
        found = found.joined(Backers(names, names))
    for part in _parts(text):
        found = found.joined(_before_verb(part, own))
    return found


def without_asides(text: str, own: frozenset[str]) -> tuple[str, Backers]:
    """Drop ", an early backer," and note the leads of "X, which led the round,"."""
    led = [
        name
        for match in _WHICH_LED.finditer(text)
        for name in read_names(match["who"] + ".", own)[-1:]
    ]
    plain = _ASIDE.sub(_closed, _WHICH_LED.sub(r"\g<who>,", text))
    return plain, Backers(tuple(led), tuple(led))


def _closed(aside: re.Match[str]) -> str:
    """Leave a comma in a list, none before the verb: "X, an early backer, joined"."""
    goes_on = re.match(r"\s(?!and\b|und\b|as well\b)[a-z]", aside.string[aside.end() :])
    return "" if goes_on else ","


def tells_of_backers(text: str) -> bool:
    """Say whether a sentence speaks of investors at all."""
    cues = (_AFTER_CUE, _VON_LED, _COUNTS, _LEAD_INVESTOR)
    return any(cue.search(text) for cue in cues) or any(
        _BEFORE_VERB.match(part) for part in _parts(text)
    )


_PARTS = re.compile(
    r";\s|:\s|\bin which\s|\badding that\s|(?<!\b[A-Z])\.\s|"
    r",\s(?:while|with|whereas|auch|außerdem|zudem|daneben|ebenso|ebenfalls)\s|"
    r",\s(?=[A-ZÄÖÜ][^,;]{2,60}\s(?:zog|zogen|ziehen|zieht|gehen|gingen|folgen|folgten|"
    r"beteilig\w+|investier\w+)\b)"
)
# "joined the company's board", "joined us": not the round.
_JOINS_ELSE = re.compile(
    r"^\s(?:us|them|him|her|forces|hands)\b|"
    rf"^\san?\b(?!\s(?:{MONEY}|{ROUND}|[\w-]+\s(?:round|{ROUND})))|"
    r"^\s(?:(?:the|its|our|as|\S+['’]s)\s)?(?:[\w'’-]+\s){0,2}(?:board|team|chair)",
    re.IGNORECASE,
)
# "X, which had led the first tranche": that was another time.
_LONG_AGO = re.compile(r"\b(?:had|hatten?)(?:\s(?:also|already|previously|bereits))?$")
_AND = re.compile(r",\s(?:and|und)\s")
_SAID = re.compile(rf"{MONEY}|{ROUND}|\b(?:led|geführt|angeführt)\b")


def _parts(text: str) -> Iterator[str]:
    """Split where another statement on backers may begin."""
    for part in _PARTS.split(text):
        at = next(
            (m for m in _AND.finditer(part) if _SAID.search(part[: m.start()])), None
        )
        if at:
            yield part[: at.start()]
            yield part[at.end() :]
        else:
            yield part


def _before_verb(part: str, own: frozenset[str]) -> Backers:
    """Read "X and Y co-led the round", "A, B and C also took part"."""
    match = _BEFORE_VERB.match(part)
    if not match or re.search(_AFTER_CUE, match["who"]):
        return Backers()
    after = part[match.end() :]
    if _JOINS_ELSE.match(after) or _LONG_AGO.search(match["who"]):
        return Backers()
    # "the company's lead program": no verb.
    if match["lead"] and re.search(
        r"(?:['’]s|\b(?:the|its|our|their|a))$", match["who"]
    ):
        return Backers()
    who = re.split(r"\b(?:that|in which|where|dass)\s|^Neben\b.*", match["who"])[-1]
    names = read_names(who + ".", own, subject=True)
    return Backers(names, names if match["lead"] else ())


def _who_invests(text: str, own: frozenset[str]) -> Backers:
    """Read the subject of "X invests $5M in Acme"; whoever leads is a lead."""
    match = re.match(
        rf"^(?P<who>[^{MONEY[1:-1]}]*?)\s(?:has\s|have\s|hat\s)?(?P<verb>invest\w*|"
        rf"leads?|"
        rf"led|co-led|pours?|puts?|pumps?|injects?|beteilig\w+|steck\w+|backs?|"
        rf"plough\w*)\b",
        text,
    )
    if not match:
        return Backers()
    names = read_names(match["who"] + ".", own, subject=True)
    leads = names if re.match(r"lead|led|co-led", match["verb"]) else ()
    return Backers(names, leads)


def _money_from(before: str) -> bool:
    """Say whether "from" follows the money: "$7.5m from", "a Series A round from"."""
    near = before[-90:]
    return bool(
        re.search(
            rf"(?:{MONEY}|{ROUND}|\b(?:funding|financing|investment|round|capital|"
            rf"equity|"
            rf"money|backing|\w*[Ff]inanzierung|\w*[Kk]apital|"
            rf"Investoren)\b)[^,;.]{{0,60}}$|"
            rf"{ROUND}[^;.]{{0,20}}$",
            near,
        )
    ) or bool(re.search(r"\b(?:has|hat)\s(?:erhalten\s)?$", near))


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Keep each name once, the longer of "Tern" and "Tern Global"."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name.casefold(), name)
    return tuple(
        name
        for key, name in kept.items()
        if not any(other.startswith(key + " ") for other in kept)
        and not any(_is_short_for(name, other) for other in names)
    )


def _is_short_for(name: str, other: str) -> bool:
    """Say whether a name abbreviates: "EIB" the "European Investment Bank"."""
    capitals = re.search(r"\b[A-Z]{3,}\b", name)
    return (
        bool(capitals)
        and len(name) < len(other)
        and _initials(name) == _initials(other)
    )


def _initials(name: str) -> str:
    return "".join(
        word if word.isupper() else word[0]
        for word in re.findall(r"\w+", name)
        if not word[0].islower()
    )
