"""Find quickly which of thousands of companies a text may name. Pure.

Every name is filed under its first word; a text is read once, whatever the number of
companies. What comes out still has to be judged (`intel.identity.relate`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
class Matcher:
    """Companies' names, filed for one pass over a text."""

    orgs: tuple[Org, ...]
    by_word: Mapping[str, tuple[_Spelling, ...]]
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
                for spelling in self.by_word.get(key, ()):
                    if _follows(spelling, words, at):
                        yield spelling

    def _hosts(self, url: str) -> Iterable[int]:
        parts = host_of(url).split(".")
        for start in range(len(parts) - 1):
            yield from self.by_host.get(".".join(parts[start:]), ())


def candidates(orgs: Iterable[Org]) -> Matcher:
    """File the names of all orgs; do it once, then call `find` for each text."""
    listed = tuple(orgs)
    by_word: dict[str, list[_Spelling]] = {}
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
                spelling = _Spelling(number, name)
                by_word.setdefault(name.words[0], []).append(spelling)
    return Matcher(
        listed,
        {word: tuple(spellings) for word, spellings in by_word.items()},
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


def _follows(spelling: _Spelling, words: list[str], at: int) -> bool:
    rest = spelling.name.words[1:]
    ahead = words[at + 1 : at + 1 + len(rest)]
    if len(ahead) < len(rest):
        return False
    pairs = zip(ahead, rest, strict=True)
    return all(
        seen.startswith(wanted) or seen in ("and", "und") for seen, wanted in pairs
    )
