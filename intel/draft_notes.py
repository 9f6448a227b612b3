"""Read a colleague's note on a draft: what the new version should do. Pure.

A note chooses among what evidence carries, and among our wordings; none of its words
reaches the letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intel import text
from intel import words as lists

FORMAL, WARM = "formal", "warm"
_SENTENCES = re.compile(r"[.;,:!?]+|\b(?:but|aber|sondern)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|und)\b", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:not?|nicht|kein\w*|less|weniger|too|zu)(?: (?:so|as|quite|that|ganz))? "
    r"(\w+)",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"\b(?:don't|do not|never|no|not|without|leave out|leave away|drop|skip|remove|"
    r"omit|avoid|cut|ohne|nicht|kein\w*|weglassen|streich\w*|raus)\b",
    re.IGNORECASE,
)
_SPEAK = re.compile(
    r"\b(?:mention|add|include|bring|talk|speak|say|write|tell|make|keep|focus|be|"
    r"erwähn\w*|nenn\w*|schreib\w*)\b",
    re.IGNORECASE,
)
_SHORT = lists.listed("short shorter brief briefer concise crisp kurz kürzer knapper")
_LONG = lists.listed(
    "long longer detail detailed lang länger ausführlich ausführlicher"
)
_STIFF = lists.listed("formal formally official formell formeller förmlich förmlicher")
_SOFT = lists.listed(
    "warm warmer friendly friendlier personal casual informal relaxed herzlich "
    "herzlicher freundlich freundlicher locker lockerer persönlicher"
)
# Words about the letter itself; the rest of a note is what it should speak of.
_OF_LETTERS = lists.listed(
    "mention mentions bring talk speak say tell write include add refer focus about "
    "please make keep use more less much bit little too very letter email mail e-mail "
    "draft version versions text tone sound sounds sentence sentences paragraph "
    "subject new another other different instead rather only also always part leave "
    "out drop "
    "skip remove omit avoid cut don't never without should could would can their them "
    "they customer company want need like put let up down end start begin opening "
    "greeting again once word words phrase erwähnen erwähne bitte schreib schreibe "
    "schreiben mehr weniger ohne weglassen brief fassung ton nicht kein keine keinen "
    "no not"
)
_SUBJECTS = {
    "usage": lists.listed("usage use users adoption seats logins nutzung nutzer"),
    "support": lists.listed("support ticket tickets request complaint anfrage"),
    "call": lists.listed("call calls meeting conversation anruf gespräch telefonat"),
    "funding": lists.listed("funding round raise investment investors finanzierung"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a note asks for: `size` below 0 is shorter, above it longer.

    `topics` are the stems of what should be spoken of, `never` of what should not;
    `spelled` holds them as they were written.
    """

    size: int = 0
    tone: str = ""
    topics: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    spelled: tuple[tuple[str, str], ...] = ()

    def named(self, stems: frozenset[str]) -> str:
        """Write stems as the note did, in its order."""
        return ", ".join(word for stem, word in self.spelled if stem in stems)

    @property
    def empty(self) -> bool:
        """Whether nothing was asked for that we understand."""
        return self == Wish()


def read(note: str) -> Wish:
    """Read a note in English or German, clause by clause."""
    size, tone = 0, ""
    topics: dict[str, str] = {}
    never: dict[str, str] = {}
    for clause, denied in _clauses(note):
        said = _turned(set(text.words(clause)), clause)
        size = -1 if said & _SHORT else 1 if said & _LONG else size
        tone = FORMAL if said & _STIFF else WARM if said & _SOFT else tone
        (never if denied else topics).update(_told(clause))
    spelled = tuple((never | topics).items())
    wanted = frozenset(topics.keys() - never.keys())
    return Wish(size, tone, wanted, frozenset(never), spelled)


def topics_of(words: str, kind: str) -> frozenset[str]:
    """Give the stems of what evidence speaks of, and of what one calls its kind."""
    return text.stems(words) | {text.stem(w) for w in _SUBJECTS.get(kind, ())}


def _clauses(note: str) -> Iterator[tuple[str, bool]]:
    """Give each clause, and whether it is about what to leave out.

    Without a verb of its own a clause after "and" is about the same.
    """
    for sentence in _SENTENCES.split(text.clean(note.replace("\n", ". "))):
        denied = False
        for clause in _AND.split(sentence):
            own = bool(_SPEAK.search(clause))
            denied = bool(_NEVER.search(clause)) or (denied and not own)
            yield clause, denied


def _turned(said: set[str], clause: str) -> set[str]:
    """Turn what is denied: not so long is shorter, less formal is warmer."""
    for found in _LESS.finditer(text.fold(clause)):
        word = found.group(1)
        for one, other in ((_SHORT, _LONG), (_STIFF, _SOFT)):
            if word in one | other:
                said = (said - {word}) | {min(other if word in one else one)}
    return said


def _told(clause: str) -> Iterator[tuple[str, str]]:
    about_letters = _OF_LETTERS | _SHORT | _LONG | _STIFF | _SOFT
    for word in text.content_words(clause):
        if word not in about_letters and len(word) > 2:
            yield text.stem(word), word
