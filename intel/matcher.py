"""Find quickly which of thousands of companies a text may name. Pure.

Names are filed as a tree of their words; a text is read once, whatever the number of
companies, though a thousand of them begin with "Bank of". What comes out still has to
be judged (`intel.identity.relate`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from intel.names import Name, fold, known, tokens
from store.records import Org

_UNSPACED = re.compile("[\u3040-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One spelling of one org's name, with the org's number."""

    number: int
    name: Name


@dataclass(frozen=True, slots=True)
class _Node:
    """Names that begin alike: those that end here, and the words that may follow."""

    ending: list[_Spelling] = field(default_factory=list)
    after: dict[str, "_Node"] = field(default_factory=dict)

    def file(self, spelling: _Spelling) -> None:
        """File a name; only while a matcher is made."""
        node = self
        for word in spelling.name.words:
            node = node.after.setdefault(word, _Node())
        node.ending.append(spelling)

    def follow(self, words: Sequence[str], at: int) -> Iterator[_Spelling]:
        """List the names whose further words a text has from `at` on.

        Words may have endings in the text, and "and" stand for a sign.
        """
        yield from self.ending
        seen = words[at] if at < len(words) and self.after else ""
        for node in self._fitting(seen):
            yield from node.follow(words, at + 1)

    def _fitting(self, seen: str) -> Iterable["_Node"]:
        if seen in ("and", "und"):
            return self.after.values()
        begun = (seen[:end] for end in range(1, len(seen) + 1))
        return [self.after[word] for word in begun if word in self.after]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Companies' names, filed for one pass over a text."""

    orgs: tuple[Org, ...]
    by_word: Mapping[str, _Node]
    by_host: Mapping[str, tuple[int, ...]]
    unspaced: tuple[tuple[re.Pattern[str], int], ...]

    def find(self, title: str, text: str, url: str) -> tuple[Org, ...]:
        """List the orgs that title, text or address may name, in the given order."""
        plain = fold(f"{title}\n{text}")
        found = set(self._hosts(url))
        found.update(n for pattern, n in self.unspaced if pattern.search(plain))
        likely = set(self._spelled(tokens(plain)))
        found.update(s.number for s in likely if s.name.pattern.search(plain))
        return tuple(self.orgs[n] for n in sorted(found))

    def _spelled(self, words: list[str]) -> Iterator[_Spelling]:
        for at, word in enumerate(words):
            for key in _stems(word):
                if key in self.by_word:
                    yield from self.by_word[key].follow(words, at + 1)

    def _hosts(self, url: str) -> Iterable[int]:
        parts = host_of(url).split(".")
        for start in range(len(parts) - 1):
            yield from self.by_host.get(".".join(parts[start:]), ())


def candidates(orgs: Iterable[Org]) -> Matcher:
    """File the names of all orgs; do it once, then call `find` for each text."""
    listed = tuple(orgs)
    filed = _Node()
    by_host: dict[str, list[int]] = {}
    unspaced: list[tuple[re.Pattern[str], int]] = []
    for number, org in enumerate(listed):
        facts = known(org)
        if facts.domain:
            by_host.setdefault(facts.domain, []).append(number)
        for name in facts.names:
            if _UNSPACED.search(name.text):
                unspaced.append((name.pattern, number))
            elif name.words:
                filed.file(_Spelling(number, name))
    return Matcher(
        listed,
        filed.after,
        {host: tuple(numbers) for host, numbers in by_host.items()},
        tuple(unspaced),
    )


def host_of(url: str) -> str:
    """Read the host of an address, without www; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").casefold().removeprefix("www.")
    except ValueError:
        return ""


def _stems(word: str) -> tuple[str, ...]:
    return (word, word[:-1]) if len(word) > 2 and word[-1] in "snrm" else (word,)
