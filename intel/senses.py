"""Words that turn the sense of a sentence: denial, direction, deals. Pure."""

import re
from collections.abc import Mapping

from intel import text
from intel import words as lists

_DENIALS = lists.listed(
    "not no never without neither nor none nobody nothing cannot can't won't don't "
    "doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't "
    "couldn't shouldn't nicht kein keine keinen keinem keiner keines nie niemals "
    "ohne weder niemand nichts"
)
# Verbs that deny what follows them.
_DENYING = lists.listed(
    "denied denies deny denying failed fails fail refused refuses refuse rejected "
    "bestritt bestreitet dementierte dementiert scheiterte verweigerte"
)
_NOT_DENIAL = re.compile(r"\b(?:not only|no longer than|nicht nur|not least)\b")
# A denial reaches over as many words that carry meaning.
_REACH = 2
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[,;:!?]")

# Families of words for one happening; stems are whole words here, for certainty.
_FAMILIES: Mapping[str, frozenset[str]] = {
    "up": lists.listed(
        "rose rise rises risen rising increase increases increased increasing grew "
        "grow grows grown growing climbed climbs climb surged surge surges jumped "
        "jumps jump soared gained doubled tripled expanded stieg stiegen steigt "
        "gestiegen steigerte gesteigert wuchs wächst gewachsen kletterte erhöhte "
        "erhöht verdoppelte legte zugelegt higher"
    ),
    "down": lists.listed(
        "fell fall falls fallen falling decrease decreases decreased decreasing "
        "dropped drop drops dropping declined declines decline declining shrank "
        "shrinks shrink shrunk slumped slump slumps plunged plunge plunges tumbled "
        "slipped sank halved fiel fielen fällt gefallen sank sinkt gesunken "
        "schrumpfte schrumpft geschrumpft verringerte reduzierte halbierte brach "
        "eingebrochen lower"
    ),
    "raise money": lists.listed(
        "raised raises raising fundraise fundraising eingesammelt sammelte sammelt "
        "finanzierungsrunde"
    ),
    "acquire": lists.listed(
        "acquired acquires acquire acquiring acquisition buys bought buying "
        "takeover übernahm übernimmt übernommen übernahme kaufte kauft gekauft"
    ),
    "sell": lists.listed("sold sells selling divested divests verkaufte verkauft"),
    "hire": lists.listed(
        "hired hires hiring recruited recruits appointed appoints appoint named "
        "einstellte eingestellt ernannte ernannt berief berufen"
    ),
    "lay off": lists.listed(
        "layoffs layoff fired dismissed redundancies redundant sacked entließ "
        "entlassen entlassungen stellenabbau"
    ),
    "leave": lists.listed(
        "resigned resigns resign stepped quit quits departs departed leaves "
        "zurückgetreten rücktritt"
    ),
    "open": lists.listed("opened opens opening eröffnete eröffnet"),
    "close": lists.listed(
        "closed closes closing closure shuttered shut shuts schließt schloss "
        "geschlossen"
    ),
    "launch": lists.listed(
        "launched launches launch launching unveiled unveils introduced introduces "
        "stellte vorgestellt startete startet"
    ),
    "end": lists.listed(
        "discontinued discontinues ended ends scrapped scraps cancelled canceled "
        "stopped stops beendet beendete eingestellt eingestampft"
    ),
    "win": lists.listed("won wins winning gewann gewinnt gewonnen"),
    "lose": lists.listed("lost loses losing verlor verliert verloren"),
    "profit": lists.listed("profit profits profitable gewinn gewinne"),
    "loss": lists.listed("loss losses verlust verluste"),
    "approve": lists.listed("approved approves approval genehmigte genehmigt"),
    "reject": lists.listed("rejected rejects rejection abgelehnt lehnte"),
    "sue": lists.listed("sued sues lawsuit lawsuits klagte verklagt klage"),
}
# Said of a company, these must stand in the evidence in some word of the family.
STRICT = frozenset({"up", "down", "acquire", "sell", "lay off", "sue", "win", "lose"})
# "Raised" also lifts prices and forecasts, "opened" also doors.
OPPOSITES: Mapping[str, str] = {
    one: other
    for pair in (
        ("up", "down"), ("raise money", "acquire"), ("acquire", "sell"),
        ("hire", "lay off"), ("hire", "leave"), ("open", "close"), ("launch", "end"),
        ("win", "lose"), ("profit", "loss"), ("approve", "reject"),
    )
    for one, other in (pair, pair[::-1])
}  # fmt: skip

# Words that open sentences with a capital and are no names.
COMMON_OPENERS = lists.listed(
    "revenue revenues sales profit profits losses shares stock investors customers "
    "users employees staff workers executives analysts officials people experts "
    "researchers engineers developers companies company firms startups business "
    "prices demand growth weekly daily monthly active quarterly annual yesterday "
    "today recently earlier later despite following during according thanks based "
    "using founded headquartered backed led since because although though while "
    "whereas until unless whether given instead additionally currently previously "
    "renewal official domain owner latest funding number numbers usage logins seats "
    "several many some few most all each every both new more less no not only one "
    "two three four five six seven eight nine ten hundreds thousands millions "
    "billions first second third last next support ticket customer exports reports "
    "report another local global national rival rivals critics regulators police "
    "lawyers readings aliases linkedin crunchbase round investor"
)


_RISKS = frozenset({"lay off", "sue", "down", "close", "lose", "loss", "leave", "end"})
_CHANCES = frozenset(
    {
        "raise money",
        "acquire",
        "hire",
        "open",
        "launch",
        "win",
        "up",
        "profit",
        "approve",
    }
)
_RISKY = lists.listed(
    "breach breached outage outages hack hacked bankruptcy insolvency insolvent fine "
    "fined recall strike strikes investigation investigated probe phishing fraud "
    "ransomware delay delayed delays warning downgrade default debt crisis insolvenz "
    "datenleck streik razzia ermittlungen rückruf störung ausfall betrug kündigung "
    "warnung patentklage patent"
)
_PROMISING = lists.listed(
    "expansion expands partnership partners contract record investment invests funding "
    "award growth ausbau partnerschaft auftrag rekord investition investiert wachstum"
)


_JOBS_GO = re.compile(
    r"\b(?:cut(?:s|ting)?|slash\w*|shed\w*|axe\w*|eliminat\w*|streich\w*|bau\w* ab|"
    r"abbau\w*)\b[^.!?]{0,60}\b(?:jobs?|staff|positions|posts|roles|workforce|"
    r"employees|stellen|arbeitspl\w+|mitarbeiter\w*)\b|"
    r"\b(?:job|staff|stellen)[ -]?(?:cuts?|losses|abbau)\b|\bjobs go\b|"
    r"\b(?:stellen|arbeitspl\w+)\b[^.!?]{0,40}\b(?:ab|streich\w*|weg)\b",
    re.IGNORECASE,
)


def leaning(words: str) -> int:
    """Say whether a text speaks of risk (below 0) or of opportunity (above 0).

    Where jobs go, what else the text promises does not make it good news.
    """
    if _JOBS_GO.search(words):
        return -2
    present, told = set(text.words(words)), families(words)
    good = len(told & _CHANCES) + bool(present & _PROMISING)
    bad = len(told & _RISKS) + 2 * bool(present & _RISKY)
    return good - bad


def denied(words: str) -> frozenset[str]:
    """Give the stems of the words that a text denies."""
    found: set[str] = set()
    reach = 0
    for word in _tokens(words):
        if word in _DENIALS or word in _DENYING:
            reach = _REACH
        elif word in ",;:!?":
            reach = 0
        elif reach and word not in lists.STOP and not word[0].isdigit():
            found.add(text.stem(word))
            reach -= 1
    return frozenset(found)


def denials(words: str) -> int:
    """Count the denials in a text."""
    return sum(word in _DENIALS or word in _DENYING for word in _tokens(words))


def families(words: str) -> frozenset[str]:
    """Name the happenings that a text speaks of."""
    present = set(text.words(words))
    return frozenset(name for name, family in _FAMILIES.items() if present & family)


def _tokens(words: str) -> list[str]:
    return _WORD.findall(_NOT_DENIAL.sub(" ", text.fold(words)))
