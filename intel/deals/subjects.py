"""Read the subject of a verb in a marked clause: is it the company? Pure."""

import re
from enum import StrEnum

from intel.deals.marks import ORG, ROUND
from intel.deals.words import COMPANY_NOUN


class Owner(StrEnum):
    """Whose round it is. TOPIC: that of the company the passage is about."""

    NAMED = "named"
    TOPIC = "topic"
    OTHER = "other"
    UNKNOWN = "unknown"


_AUXILIARY = re.compile(
    r"(?:\s*\b(?:has|have|had|is|was|were|been|be|to|just|also|now|recently|today|"
    r"already|quietly|successfully|officially|reportedly|both|each|then|again|only|"
    r"formally|previously|earlier|yesterday|this (?:week|morning|year|month)|"
    r"on \w+day|\w+ly|hat|haben|hatte|hatten|konnte|sich|nun|jetzt|heute|gestern))+"
    r"\s*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:^|[\s,;:“\"'])(?:it|they|we|which|that|who|es|sie|wir|man)\s*$", re.IGNORECASE
)
_DEFINITE = re.compile(
    rf"\b(?:the|this|our|his|her|their|das|die|der|dem|"
    rf"den)\s(?:[\w'’.&-]+\s){{0,5}}?(?:[\w-]+-)?"
    rf"{COMPANY_NOUN}s?(?:['’]s)?\s*(?:from\s[\w\s]+|in\s[\w\s]+|aus\s\w+)?$",
    re.IGNORECASE,
)
# "A Raleigh company that reads X-rays", "Durham dental-tech firm": of whom one speaks.
_INDEFINITE = re.compile(
    rf"^\W*(?:An?\s(?!rival|competing|competitor|similar|different)|"
    rf"(?:[A-Z][\w.-]*\s){{1,3}})"
    rf"(?:[\w&-]+\s){{0,4}}?(?:[\w-]+-)?{COMPANY_NOUN}"
    r"(?:\s(?:that|which|developing|making|building|using|working|behind|founded|based|"
    r"from|in|of|whose|where|selling|aiming|trying)\s[^,;]*)?\s*$"
)
_APPOSITIVE = re.compile(
    r"^\s*(?:an?\b|the\b|which\b|who\b|whose\b|that\b|ein\b|eine\b|der\b|die\b|das\b|"
    r"one of\b|maker\b|developer\b|provider\b|formerly\b|founded\b|based\b|backed\b|"
    r"led\b|used\b|known\b|now\b|then\b|and\b|by\b|Inc\b|Ltd\b|[a-zäöüß])",
)
_ORG_LAST = re.compile(
    rf"{ORG}(?:['’]s\s(?:parent|owner|maker))?(?:,\s*\S{{1,14}}(?:\s\S{{1,6}})?,)?"
    r"(?:\s(?:from|of|in|based in|aus|bei)\s(?:the\s)?[A-ZÄÖÜ][\w.-]+(?:"
    r"\s[A-Z]\w+)?)?\s*$"
)
_ORG_PAIR = re.compile(rf"{ORG}\s(?:and|&|und)\s[A-ZÄÖÜ]\S+(?:\s[A-Z]\S+)?\s*$")
_SOMEONE = re.compile(r"(?:^|\s)(?:[A-ZÄÖÜ][\w.&'’+-]*|\d[\w-]*)\s*$")
_HEADLINE = re.compile(
    rf"^\W*{ORG}\s?[:–—]\s(?:[A-ZÄÖÜ][\wäöüß-]+er\s)[A-ZÄÖÜ][\wäöüß-]+\s*$"
)
_GENITIVE = re.compile(
    r"\b(?:des|dem|den|beim|vom|zum|im|für|von|bei|mit|an|in|am|gegen|kunde|kundin|"
    r"konkurrent\w*|wettbewerber\w*|rivale|partner\w*|tochter)\s(?:[\w.'’-]+\s){0,4}$",
    re.IGNORECASE,
)
RELATION = (
    r"(?:rival|competitor|customer|client|partner|investor|backer|subsidiary|"
    r"parent|alum\w*|veteran|spin-?o\w+|supplier|user|owner|portfolio company|"
    r"co-?founder|founder|founders|engineers?|employees?|executives?|staff|ceo|boss|"
    r"konkurrent\w*|kunde\w*|wettbewerber\w*|gründer\w*|mitgründer\w*)"
)
_NEW_COMPANY = re.compile(
    rf"{ORG}(?:['’]s)?\s(?:[\w-]+\s){{0,2}}{RELATION}\b|\b(?:ex|former|ehemalige\w*)"
    rf"[\s-]{ORG}",
    re.IGNORECASE,
)
_OWN_ROUND = re.compile(
    rf"{ORG}['’]s\s(?:[\w-]+\s){{0,3}}(?:{ROUND}\S*|round|financing)\s*$"
)


def subject(before: str, otherwise: Owner) -> Owner:
    """Read the subject that stands before a verb."""
    left = _AUXILIARY.sub("", before.rstrip())
    phrase = _head_phrase(left)
    if phrase is None:
        return otherwise
    found = (rule(phrase, left) for rule in _RULES)
    return next((owner for owner in found if owner), _coordinated(left, otherwise))


def _definite(phrase: str, left: str) -> Owner | None:  # noqa: ARG001
    """Read "the London business"; the company where the phrase names it too."""
    if not _DEFINITE.search(phrase):
        return None
    return Owner.NAMED if ORG in phrase else Owner.TOPIC


def _related(phrase: str, left: str) -> Owner | None:  # noqa: ARG001
    """Read "Acme rival Foo", "former Acme engineers"."""
    related = _NEW_COMPANY.search(phrase) and not _ORG_LAST.search(phrase)
    return Owner.OTHER if related else None


def _named(phrase: str, left: str) -> Owner | None:  # noqa: ARG001
    """Read "Berlin start-up Acme", "Acme and Foo", "Acme's Series B"."""
    if _OWN_ROUND.search(phrase):
        return Owner.NAMED
    if not (_ORG_LAST.search(phrase) or _ORG_PAIR.search(phrase)):
        return None
    genitive = _GENITIVE.search(phrase[: phrase.rindex(ORG)])
    return Owner.OTHER if genitive else Owner.NAMED


def _pronoun(phrase: str, left: str) -> Owner | None:
    return _antecedent(left) if _PRONOUN.search(phrase) else None


def _headed(phrase: str, left: str) -> Owner | None:  # noqa: ARG001
    """Read "Acme: Wiener Drohnenbauer" at the start of a headline."""
    return Owner.NAMED if _HEADLINE.match(left) else None


def _someone(phrase: str, left: str) -> Owner | None:  # noqa: ARG001
    return Owner.OTHER if _SOMEONE.search(phrase) else None


def _indefinite(phrase: str, left: str) -> Owner | None:
    """Read "A Raleigh company that reads X-rays" at the start of a sentence."""
    opens = _INDEFINITE.match(left) and ORG not in left
    return Owner.TOPIC if opens and left.strip().endswith(phrase.strip()) else None


_RULES = (_definite, _indefinite, _related, _named, _pronoun, _headed, _someone)


def _head_phrase(left: str) -> str | None:
    """Skip the appositions between a subject and its verb: "Acme, a maker of …,"."""
    if not left.strip():
        return None
    parts = re.split(r",|\s[–—]\s|:\s|;\s", left)
    relative = re.match(r"^\s*(?:which|who|that|die|der|das)\s*$", parts[-1])
    if relative and len(parts) > 1:
        return _head_phrase(",".join(parts[:-1]) + ",")
    if parts[-1].strip():
        return parts[-1]
    for part in reversed(parts[:-1]):
        if part.strip() and (not _APPOSITIVE.match(part) or part is parts[0]):
            return part
    return None


def _antecedent(left: str) -> Owner:
    """Say whom "it" in "Acme said it has raised" means: the one who said so."""
    inner = re.search(
        rf"(?P<who>{ORG}|[A-ZÄÖÜ][\w&.-]+)(?:,[^,]*,)?\s(?:has\s|have\s)?(?:said|says|"
        r"announced|announces|confirmed|revealed|disclosed|reported|told\s\w+)\b"
        r"[^,;]*?\b(?:it|they|we)\s*$",
        left,
    )
    if inner and inner["who"] == ORG:
        return Owner.NAMED
    which = re.search(r"\b(?:which|that|who)\s*$", left)
    if which:
        before = left[: which.start()].rstrip(" ,")
        return Owner.NAMED if before.endswith(ORG) else subject(before, Owner.OTHER)
    return Owner.NAMED if ORG in left else Owner.TOPIC


def _coordinated(left: str, otherwise: Owner) -> Owner:
    """Follow "Acme opened an office and raised …" back to the first subject."""
    if re.search(r"(?:,|\b)(?:and|und|as it|after)\s*$", left) or len(left) > 25:
        opening = re.match(
            rf"^\W*(?P<first>(?:[A-ZÄÖÜ][\w'’-]*\s){{0,4}}?{ORG})(?!['’]s)", left
        )
        if opening and not _NEW_COMPANY.search(left):
            return Owner.NAMED
        if re.match(
            rf"^\W*(?:the|das|die|der)\s(?:\S+\s){{0,4}}?{COMPANY_NOUN}\b", left, re.I
        ):
            return Owner.TOPIC
    return otherwise


def german_after(clause: str, start: int) -> Owner | None:
    """Read a subject that stands behind its verb: "Im Mai hatte Acme …"."""
    verb = re.match(r"\w+\s(?:sich\s|nun\s|auch\s)*", clause[start:])
    if not verb or not re.match(
        r"(?:hat|haben|hatte|hatten|konnte|sammelt|erhält|erhielt|bekommt|bekam|holt|"
        r"schließt|schloss|sichert|nimmt|nahm|warb|wirbt|meldet)",
        verb[0],
    ):
        return None
    after = clause[start + verb.end() :]
    if re.match(rf"(?:das\s(?:\S+\s){{0,3}}\S*\s)?{ORG}", after):
        return Owner.NAMED
    if re.match(
        rf"(?:das|die|der)\s(?:[\wäöüß-]+\s){{0,3}}?(?:[\w-]+-)?{COMPANY_NOUN}\b", after
    ):
        return Owner.TOPIC
    return None
