"""Words that turn the sense of a sentence: denial, direction, deals. Pure."""

import re
from functools import lru_cache

from intel import text
from intel import words as lists
from intel.figures import VOCABULARY
from intel.lexicon.families import FAMILIES, IMPLIED, OPPOSITES

_DENIALS = lists.listed(
    "not no never without neither nor none nobody nothing cannot can't won't don't "
    "doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't "
    "couldn't shouldn't nicht kein keine keinen keinem keiner keines nie niemals "
    "ohne weder niemand nichts"
)
# Verbs that deny what follows them.
_DENYING = lists.listed(
    "denied denies deny denying rejected rejects reject rejecting refusing refuse "
    "refuses refused lack "
    "lacks lacked lacking "
    "bestritt bestreitet dementierte dementiert verweigerte"
)
# These deny only what they are to do: "failed to deliver", but "the export failed".
_DENYING_TO = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|refus(?:es|ed|ing)|declin(?:es|ed|ing)|stop(?:s|ped)?) "
    r"(?=to \w|[a-z]+ing\b)"
)
# "Raised" lifts more than money: what follows within three words tells.
_LIFTED = re.compile(
    r"\b(?:raise[sd]?|raising|lift(?:s|ed)?|hike[sd]?|boost(?:s|ed)?)(?= (?:[\w-]+ "
    r"){0,3}(?:forecasts?|guidance|outlook|"
    r"prices?|targets?|rates?|dividends?|fees?|wages|salaries|bar|estimates?|limits?|"
    r"levels?|caps?|"
    r"thresholds?|capacity|stakes?|volumes?|quotas?)\b)|"
    r"\b(?:raise[sd]?|lift(?:s|ed)?)(?= (?:[\w-]+ ){1,4}(?:to|by|from) [\d.,]+(?! "
    r"?(?:m|million|bn|billion)\b))"
)
_CUT = re.compile(
    r"\b(?:cuts?|cutting|slash(?:es|ed)?|trim(?:s|med)?)(?= (?:[\w-]+ "
    r"){0,3}(?:forecasts?|"
    r"guidance|outlook|prices?|targets?|rates?|dividends?|fees?|wages|pay|costs?)\b)|"
    r"(?<=pay )cuts?\b|(?<=was )cut\b|(?<=were )cut\b|(?<=been )cut\b"
)
_STEADY = re.compile(
    r"\b(?:remains?|remained|unchanged|stays?|stayed|flat|stable|steady|unverändert|"
    r"bleibt|blieb)\b"
)
_SOONER = re.compile(r"\b(?:earlier|sooner) than (?:planned|expected|scheduled)\b")
_MOVED = re.compile(
    r"\b(up|down)(?= (?:by )?(?:about |around |some )?(?:\d|half|two|"
    r"an? (?:third|quarter|half|fifth|tenth)))"
)
# Who drops something gives it up.
_DROPPED = re.compile(
    r"\bdrop(?:s|ped|ping)? (?=(?:the|its|their|his|her|a|an|plans?|talks?)\b)"
)
_PUSHED = re.compile(r"\bpush(?:es|ed)? (?:back|out)\b")
# What fails does not work, without a word of denial.
_FAILING = lists.listed(
    "fails failed failing broken missing misses kaputt fehlt fehlen frozen freezes "
    "freeze halted halts suspended suspends paused pauses pause banned bans excluded "
    "excludes exclude spared doubts doubt doubtful sceptical skeptical unconvinced "
    "hesitant reluctant outstanding pending awaited abgesetzt ausgeschlossen"
)
_THAN = {
    "more": re.compile(r"\b(?:more|longer|higher|later|larger|greater|mehr|länger|"
    "höher|"
                       r"später) (?:than|als)\b"),
    "less": re.compile(r"\b(?:less|fewer|shorter|lower|earlier|smaller|weniger|kürzer|"
                       r"niedriger|früher) (?:than|als)\b"),
}  # fmt: skip
# Words that deny within themselves.
_UNSAID = re.compile(
    r"un(?:able|acceptable|affected|available|convinced|fair|finished|reliable|safe|"
    r"viable|willing|answered|changed|clear|decided|disclosed|happy|harmed|hurt|"
    r"known|likely|paid|profitable|resolved|reviewed|signed|sold|solved|successful|"
    r"tested|touched|used|verändert|klar|bekannt|zufrieden|berührt)|inactive|"
    r"incomplete|[a-z]+-free|"
    r"impossible|dissatisfied"
)
_NOT_DENIAL = re.compile(
    r"\b(?:not only|no (?:longer|more|less|fewer|higher|lower) than|"
    r"not more than|nicht nur|nicht mehr als|not least)\b"
)
_REFUSED = re.compile(r"\b(?:turn(?:s|ed)|vot(?:es|ed)|knock(?:s|ed)) down\b")
_RATHER = re.compile(
    r"\b(?:rather than|instead of|anstatt|statt)\b"
    r"(?! (?:(?:the|a|its|only|about|around|previous|earlier|bisher) )*[$€£]?\d)"
)
_CLEARED = re.compile(r"\b(?:cleared|acquitted|absolved) (?:[\w&-]+ ){0,3}?of\b")
_YET_TO = re.compile(r"\b(?:has|have|had|is|are) (?:yet|still) to ")
_UNABLE_TO = re.compile(r"\b(?:unable|impossible) (?=to )|\bnot able (?=to )")
_FREE = re.compile(
    r"\b(?:free of charge|(?:at no|for no|no|without) (?:extra |additional "
    r")?(?:charge|cost))\b"
)
_LACK_OF = re.compile(r"\black of\b")  # a shortage, which denies nothing
_PAUSED = re.compile(r"\bon (?:hold|ice)\b|\boff the table\b")
_NEITHER = re.compile(r"\bneither\b([^.;]{1,80}?) nor\b")
# A denial reaches over as many words that carry meaning.
_REACH = 2
# What stands behind these is beside what is denied: "no relief before summer".
_BEYOND = lists.listed("before after until since because although vor nach bis seit")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[,;:!?]")

_FAMILY_STEMS = {
    name: frozenset(map(text.stem, family)) for name, family in FAMILIES.items()
}
# These go together in one deal: who does not buy does not therefore sell.
_DEALS = frozenset({"acquire", "sell", "raise money"})
# Words that open sentences with a capital and are no names.
COMMON_OPENERS = lists.listed(
    "focus funds funding money spending savings progress results result plans plan "
    "talks approval completion closure opening openings closing hiring recruitment "
    "services service software hardware equipment machines devices products product "
    "features feature users accounts account licences licenses seats modules module "
    "errors error bugs bug issues issue problems problem incidents incident outages "
    "outage downtime faults fault failures failure causes cause effects effect "
    "imports flights trains buses trucks vans cars ships planes vehicles drivers "
    "pilots crews crew farmers growers workers guests fans teachers pupils graduates "
    "apprentices interns trainees volunteers donors donations grants awards prizes "
    "tickets rents rent tenants homes houses flats buildings land sites rooms beds "
    "meals food drinks crops grain milk meat fish water gas oil power electricity "
    "energy heat steel copper timber cement paper plastics chemicals drugs vaccines "
    "tests trials trial doses samples shipments freight cargo containers parcels "
    "letters mail emails messages calls meetings reviews surveys studies research "
    "findings evidence documents files records backups servers storage networks "
    "coverage capacity volume volumes margins rates fees charges fines penalties "
    "damages claims lawsuits hearings trial judges regulators authorities ministers "
    "voters councils unions strikes protests negotiations agreements contracts deals "
    "contract deal bids bid offers offer tender tenders auctions shares bonds loans "
    "interest dividends buybacks proceeds income expenses overheads taxes tax duties "
    "tariffs quotas subsidies benefits bonuses pensions salaries "
    "revenue revenues sales profit profits losses shares stock investors customers "
    "users employees staff workers executives analysts officials people experts "
    "researchers engineers developers companies company firms startups business "
    "prices demand growth weekly daily monthly active quarterly annual yesterday "
    "today recently earlier later despite following during according thanks based "
    "using founded headquartered backed led since because although though while "
    "whereas until unless whether given instead additionally currently previously "
    "renewal official domain owner latest funding number numbers usage logins seats "
    "about around roughly nearly almost approximately over under up within among "
    "several many some few most all each every both new more less no not only one "
    "two three four five six seven eight nine ten hundreds thousands millions "
    "billions first second third last next support ticket customer exports reports "
    "inventory stock fleet orders order delivery deliveries delay training members "
    "severance subscriptions subscription advertising exports imports output capacity "
    "costs cost wages pay debt cash assets margins margin earnings turnover traffic "
    "bookings churn adoption invoices refunds production construction work works "
    "additional proceeds investment engineers teachers managers management board "
    "carriers holders engagement low high outside inside early late nobody somebody "
    "everybody everyone someone anyone nothing something everything nowhere everywhere "
    "poor weak strong slow fast sluggish heavy light cheap dear old young small large "
    "big long short good bad better worse fewer cheaper higher lower bigger smaller "
    "passengers patients visitors guests pupils students drivers nurses doctors owners "
    "tenants residents neighbours families parents children partners suppliers sellers "
    "buyers lenders creditors shareholders members subscribers readers viewers players "
    "warehouse factory plant store stores shop shops office offices school schools "
    "hospital hospitals branch branches site sites team teams department departments "
    "management leadership ownership control access data reminders alerts searches "
    "signs sign-ins log-ins visits calls tickets complaints questions requests claims "
    "payments transfers cards loans bonds savings taxes fees fines grants donations "
    "staffing hiring talks negotiations plans projects work jobs positions wages "
    "bonuses half part parts much little enough plenty none neither either anything "
    "once twice soon later again still yet even just also too instead otherwise "
    "subject owing depending pursuant thanks apart aside besides beyond behind "
    "beneath below above across along amid "
    "outgoing incoming incumbent former acting interim longtime veteran departing "
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


# The state of a ticket, as its connector puts it in front.
STATE = re.compile(r"^\s*\[[a-z]{2,10}\]", re.IGNORECASE)


def leaning(words: str) -> int:
    """Say whether a text speaks of risk (below 0) or of opportunity (above 0).

    Where jobs go, what else the text promises does not make it good news. The state of
    a ticket, as in [open], opens nothing.
    """
    words = STATE.sub(" ", words)
    if _JOBS_GO.search(words):
        return -2
    present, told = set(text.words(words)), families(words)
    good = len(told & _CHANCES) + bool(present & _PROMISING)
    bad = len(told & _RISKS) + 2 * bool(present & _RISKY)
    return good - bad


def denied(words: str, most: int = _REACH) -> frozenset[str]:
    """Give the stems of the words that a text denies, so many behind each denial."""
    found: set[str] = set()
    reach = 0
    for word in _tokens(words):
        if _UNSAID.fullmatch(word):
            found.add(text.stem(re.sub("^(?:un|in|im|dis)", "", word)))
        elif _denies(word):
            reach = most
        elif word in ",;:!?" or (reach and reach < most and word in _BEYOND):
            reach = 0
        elif reach and word not in lists.STOP and not word[0].isdigit():
            if word not in VOCABULARY:
                found.add(text.stem(word))
            reach -= 1
    return frozenset(found)


def denials(words: str) -> int:
    """Count the denials in a text."""
    return sum(_denies(word) for word in _tokens(words))


def means_denial(said: str, source: str) -> bool:
    """Say whether one side denies the opposite of what the other says.

    "Did not close" is "kept open", and "is unaffected" is "is not affected".
    """
    for denying, plain in ((said, source), (source, said)):
        refused = families(" ".join(denied(plain)), stems=True)
        if turned(denying) & (families(plain) - refused):
            return True
    return False


def _moved(found: re.Match[str]) -> str:
    return "increased" if found[1] == "up" else "decreased"


def turned(words: str) -> frozenset[str]:
    """Name the happenings that a text tells by denying their opposites."""
    told = families(" ".join(denied(words)), stems=True)
    return frozenset(OPPOSITES[one] for one in told - _DEALS if one in OPPOSITES)


def soft_denials(words: str) -> int:
    """Count the words that deny within themselves, as "unaffected" does."""
    return sum(
        bool(_UNSAID.fullmatch(word)) or word in _FAILING for word in _tokens(words)
    )


def unsaid(words: str) -> int:
    """Count the words that deny what they are made of, as "unharmed" does."""
    return sum(bool(_UNSAID.fullmatch(word)) for word in _tokens(words))


def compared(words: str) -> frozenset[str]:
    """Say whether a text compares upwards, downwards, or both."""
    folded = text.fold(words)
    return frozenset(side for side, form in _THAN.items() if form.search(folded))


def _denies(word: str) -> bool:
    return word in _DENIALS or word in _DENYING


@lru_cache(maxsize=4096)
def families(words: str, *, stems: bool = False) -> frozenset[str]:
    """Name the happenings that a text speaks of; `stems` where the text is stems."""
    folded = _REFUSED.sub("rejected", text.fold(words))
    folded = _DROPPED.sub("scrapped ", _SOONER.sub("forward", folded))
    folded = _LIFTED.sub("increased", _CUT.sub("lowered", folded))
    present = set(text.words(_PUSHED.sub("postponed", _MOVED.sub(_moved, folded))))
    every = _FAMILY_STEMS if stems else FAMILIES
    return frozenset(name for name, family in every.items() if present & family)


def steady(words: str) -> bool:
    """Say whether a text tells that something stays as it is."""
    return bool(_STEADY.search(text.fold(words)))


@lru_cache(maxsize=4096)
def implied(family: str, words: str) -> bool:
    """Say whether a text may tell of a happening in words of another family."""
    found = IMPLIED.get(family)
    return bool(found) and bool(re.search(rf"\b(?:{found})\b", text.fold(words)))


def _tokens(words: str) -> list[str]:
    plain = _PAUSED.sub("paused", _NOT_DENIAL.sub(" ", text.fold(words)))
    plain = _LACK_OF.sub("shortage of", plain)
    plain = _FREE.sub("free", _REFUSED.sub("rejected", plain))
    plain = _YET_TO.sub("not ", plain)
    plain = _UNABLE_TO.sub("not ", _CLEARED.sub("not", plain))
    plain = _NEITHER.sub(r"neither\1 and", _RATHER.sub("not", plain))
    return _WORD.findall(_DENYING_TO.sub("not ", plain))
