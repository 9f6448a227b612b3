"""Read people's notes on a company: what it is, and what it is not. Pure."""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
# What follows these, up to a turn, is somebody else …
_NOT = re.compile(
    r"\b(?:not to be (?:confused|mixed up|mistaken)"
    r"|(?:do not|don't|never) (?:confuse|mix)"
    r"|(?:is |are )?(?:not|isn't|aren't) (?:the|a|an|related|affiliated|connected|part"
    r"|linked)\b|unlike|as opposed to|different from"
    r"|nicht (?:zu verwechseln|verwechseln|verwandt|verbunden|der|die|das|dem|den"
    r"|ein\w*)|kein\w* (?:verbindung|beziehung|zusammenhang|verwandtschaft)"
    r"|anders als)\b",
    re.IGNORECASE,
)
# … and a sentence that holds one of these is about somebody else as a whole.
_OTHERS = re.compile(
    r"\b(?:unrelated|no (?:relation|connection|link|ties)|nothing to do with|namesakes?"
    r"|(?:mit|nichts?) .{0,60}zu tun|namensvetter|gleichnamig\w*|gleichen namens)\b",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:but|rather|instead|ours is|sondern|unsere? ist)\b", re.IGNORECASE
)
_CUE_WORDS = re.compile(
    r"\b(?:of (?:the|that) same name|same name|gleichen namens|gleichnamig\w*|confused"
    r"|mistaken|mixed up|with|related|affiliated|connected|linked|verwechseln|verwandt"
    r"|verbunden|namesakes?|namensvetter|unrelated|relation|connection|nothing|do with"
    r"|nichts?|zu tun)\b",
    re.IGNORECASE,
)
_AVOID = re.compile(
    r"\b(?:do not use|don't use|never use|not (?:ours|theirs|their|the company's)"
    r"|belongs to|old domain|former domain|wrong domain|expired|reseller|squatter"
    r"|nicht (?:verwenden|benutzen|nutzen|nehmen|mehr)"
    r"|gehört (?:jetzt|inzwischen|einem)|alte domain|falsche domain)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<![\w@.-])(?:[\w-]+\.)+[a-z]{2,}(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notes:
    """What the notes say of the company, and what they say of its namesakes."""

    ours: str
    theirs: str


def split(text: str) -> Notes:
    """Part what a company is from what people say that it is not."""
    ours, theirs = [], []
    for sentence in _SENTENCE.split(text):
        mine, other = _parted(sentence)
        ours.append(mine)
        theirs.append(_CUE_WORDS.sub(" ", other))
    return Notes(_joined(ours), _joined(theirs))


def avoided_domains(text: str) -> frozenset[str]:
    """List the domains that the notes tell to leave alone."""
    return frozenset(
        found.casefold().removeprefix("www.")
        for sentence in _SENTENCE.split(text)
        if _AVOID.search(sentence)
        for found in _ADDRESS.findall(sentence)
    )


def _parted(sentence: str) -> tuple[str, str]:
    if found := _NOT.search(sentence):
        turn = _TURN.search(sentence, found.end())
        end = turn.start() if turn else len(sentence)
        rest = sentence[turn.end() :] if turn else ""
        return f"{sentence[: found.start()]} {rest}", sentence[found.end() : end]
    if _OTHERS.search(sentence):
        return "", sentence
    return sentence, ""


def _joined(parts: list[str]) -> str:
    return " ".join(" ".join(parts).split())
