"""Say how a text sounds: angry, happy, or neither. Pure.

VADER (Hutto and Gilbert 2014) scores English by a list of words and a few rules. It
knows no German, where "die" would count as dying; it takes irony at its word, and a
fault soberly told ("the export is empty") sounds neither way to it.
"""

import re
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from intel import sentences
from intel.text import language, words

# Words that are courtesy or business on a help desk, not feeling.
_PLAIN = words(
    """please dear regards best kind kindly warm sincerely cheers help helps helping
    support supports supported share shared sharing number like want well ok okay yes no
    play active security secure secured alert alerts critical matter matters"""
)
# What people feel strongly there, on VADER's scale of -4 to 4, that its list lacks.
_STRONG = {
    "unusable": -2.6,
    "outage": -1.9,
    "outages": -1.9,
    "crashes": -1.7,
    "crashed": -1.7,
    "crashing": -1.7,
    "buggy": -1.8,
    "unresponsive": -1.7,
}
_FAREWELL = re.compile(
    r"(?:(?:many|with|kind|best|warm|and|all|the|very)\s+)*"
    r"(?:regards|wishes|best|thanks|thank you|thx|cheers|sincerely|yours)"
    r"(?:\s+(?:in advance|again|so much|very much|a lot|sincerely|and regards))*"
    r"[\s,.!]*",
    re.IGNORECASE,
)


def feeling(text: str) -> float | None:
    """Score a text from -1 (angry) to 1 (happy): the mean of what its sentences feel.

    None for German, which cannot be judged so; 0 where nothing is felt. Farewells do
    not count: nearly every complaint ends with thanks.
    """
    if language(text) == "de":
        return None
    told = (one.text for one in sentences.split(text))
    scores = [_score(one) for one in told if not _FAREWELL.fullmatch(one.strip())]
    felt = [score for score in scores if score]
    return round(sum(felt) / len(felt), 4) if felt else 0.0


def _score(sentence: str) -> float:
    return float(_judge().polarity_scores(sentence)["compound"])


@cache
def _judge() -> SentimentIntensityAnalyzer:
    judge = SentimentIntensityAnalyzer()
    for word in _PLAIN:
        judge.lexicon.pop(word, None)
    judge.lexicon.update(_STRONG)
    return judge
