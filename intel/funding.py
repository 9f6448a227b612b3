"""Read funding rounds out of news, and choose the best of several facts. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from intel.deals import choosing, days, gathering, heading
from intel.deals.best import BestFunding, Conflict, Rates, best
from intel.deals.dollars import of_home
from intel.deals.learned import joined, refused, reread, tagged_round
from intel.deals.marks import (
    called_longer,
    full_name,
    is_ever_longer,
    is_longer_name,
    longer_name,
    short_name,
    spelled,
)
from intel.deals.moods import is_denied, is_hearsay
from intel.deals.parts import of_shares
from intel.deals.reading import Reading, read_article
from intel.deals.sums import round_named, surer, telling
from intel.identity import Context, relate
from intel.rounds import UNKNOWN
from intel.tagger import Tagged, Tagger
from store.records import FundingFact, Org, Relation

__all__ = [
    "Article",
    "BestFunding",
    "Conflict",
    "Explained",
    "Rates",
    "best",
    "explain",
    "extract",
]


_INVESTOR = re.compile(r"\b(?:Ventures?|Capital|Partners|Investments?|VC)$")
_FUND = re.compile(
    r"\b(?:limited partners|(?:first|second|third|fourth|fifth|sixth|new|debut|latest|"
    r"\w+-stage) fund\b|\w+-stage funds|(?:Fund|Ventures|Capital|Partners) [IVX]+\b|"
    r"to back (?:start-?ups|founders))"
)
# Endings of web addresses that say what a company does.
_TRADE_ENDING = re.compile(
    r"\.(finance|financial|insurance|energy|health|healthcare|dental|fitness|legal|farm|"
    r"education|academy|security|travel|fashion|robotics|bank|mortgage|pharmacy|"
    r"construction|engineering|games|coffee|restaurant|wine|solar|taxi|realestate)$"
)
_CONFUSED = (
    r"\b(?:not|never)\s(?:to\s)?be\s(?:confused|mixed up|mistaken)\s(?:with|for)\b"
)
# "Former Acme engineers raise $10M for Beta".
_FORMER = r"\b(?:[Ff]ormer|[Ee]x)[\s-]"
_LEFT = (
    r"\s(?:[a-z]+\s){0,2}(?:engineers|executives|staff(?:ers)?|founders?|employees|duo|"
    r"trio|team|leaders|managers|chief|bosses|boss|CEO|CTO|VP|hands|colleagues)\b"
)
_COINED = 5  # letters from which a name at the start of an address is no chance
_STEM = 5  # letters that "finance" shares with "financial"
_FUND_TOLD = 700  # characters
_OPENING = 2000  # characters that show who an article means


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of news as the reader of rounds needs it."""

    title: str
    text: str
    published: datetime | None
    source_url: str
    source: str


@dataclass(frozen=True, slots=True)
class Explained:
    """The fact, what makes up its confidence, and the tellings that were refused."""

    fact: FundingFact | None
    parts: tuple[tuple[str, float], ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What the rules read, and what the learned tagger, if any, makes of it."""

    rules: Reading
    tagged: Tagged | None


def extract(  # noqa: PLR0913, PLR0917 - one article, spelled out for its callers
    org: Org,
    title: str,
    text: str,
    published: datetime | None,
    source_url: str,
    source: str,
    now: datetime,
    tagger: Tagger | None = None,
) -> tuple[FundingFact, ...]:
    """Read the company's own new round out of one article: one fact, or none."""
    article = Article(title, text, published, source_url, source)
    fact = explain(org, article, now, tagger).fact
    return (fact,) if fact else ()


def explain(
    org: Org, article: Article, now: datetime, tagger: Tagger | None = None
) -> Explained:
    """Do what `extract` does, and say why."""
    org = _as_called(org, f"{article.title}. {article.text}")
    if stranger := _stranger(org, article):
        return Explained(None, (), (stranger,))
    day = article.published.date() if article.published else None
    reading = read_article(org, article.title, article.text, day)
    tagged = tagged_round(org, reading, article.text, tagger) if tagger else None
    helped = telling(reading, tagged) if tagged and not reading.found else None
    if helped:
        reading = replace(reading, found=(helped,))
    if not reading.found or _contradicted(reading):
        return Explained(None, (), reading.refused)
    if tagged and refused(tagged) and _told_without_sum(reading):
        tagged = None
    if tagged and refused(tagged):
        return Explained(None, (), (*reading.refused, "the learned reader sees none"))
    if tagged and tagger:
        tagged = reread(tagged, tagger, org)
    return _assemble(org, article, _Read(reading, tagged), now)


def _as_called(org: Org, text: str) -> Org:
    """Add the longer name that an article and the company's web address give it."""
    if also := full_name(org, text) or short_name(org, text):
        return replace(org, aliases=(*org.aliases, also))
    unlike = re.search(
        r"\b(?:not related|unrelated|no relation|not affiliated)\b", text
    )
    others = (spelled(org, text), "" if unlike else called_longer(org, text))
    org = replace(org, aliases=(*org.aliases, *filter(None, others)))
    if unlike or not org.domain or org.domain not in text.lower():
        return org
    longer = longer_name(org, text)
    return replace(org, aliases=(*org.aliases, longer)) if longer else org


def _stranger(org: Org, article: Article) -> str:
    """Say why the article is about somebody else of that name, if it is."""
    for told, is_so in _STRANGERS.items():
        if is_so(org, article):
            return told
    opening = article.text[:_OPENING]
    said = (article.title, opening, article.source_url, article.source)
    verdict = relate(org, *said, Context())
    return verdict.reason if verdict.relation is Relation.NAMESAKE else ""


def _is_longer(org: Org, article: Article) -> bool:
    ever = is_ever_longer(org, article.text)
    return ever and org.domain not in article.text.lower()


def _is_told_apart(org: Org, article: Article) -> bool:
    """Say whether an article tells its company from ours, or of those who left ours."""
    names = "|".join(re.escape(n) for n in sorted(org.names, key=len, reverse=True))
    ours = rf"\b(?:{names})\b(?!\s[A-Z])"
    apart = re.search(rf"{_CONFUSED}[^.;]{{0,60}}{ours}", article.text)
    return bool(apart) or bool(re.search(rf"{_FORMER}{ours}{_LEFT}", article.title))


def _raises_a_fund(org: Org, article: Article) -> bool:
    """Say whether an investor gathers money to invest, which is no round of its own."""
    opening = f"{article.title}. {article.text[:_FUND_TOLD]}"
    return bool(_INVESTOR.search(org.names[0]) and _FUND.search(opening))


def _other_site(org: Org, article: Article) -> bool:
    """Say whether the text gives a namesake's web address and not the company's."""
    text = f"{article.title} {article.text}"
    if not org.domain or org.domain in text.lower():
        return False
    stem = _compact(org.domain.split(".", maxsplit=1)[0])
    called = _compact(org.names[0])
    coined = len(called) >= _COINED and stem.startswith(called)
    stems = tuple(filter(None, (stem, called if coined else "")))
    sites = re.findall(r"\b((?:[\w-]+\.)+[a-z]{2,})\b", text.lower())
    bare = [_compact(site.removeprefix("www.").split(".")[0]) for site in sites]
    own = re.compile(rf"(?:{'|'.join(stems)})(?:inc|hq|corp|ltd|gmbh|app)?")
    alike = [
        n for n in bare if (stem and stem in n) or (coined and n.startswith(called))
    ]
    return any(not own.fullmatch(name) for name in alike)


def _of_another_trade(org: Org, article: Article) -> bool:
    """Say whether a longer name is told, and nothing of the address's trade.

    "Foo Toys makes blocks" is not who is at foo.finance.
    """
    text = f"{article.title}. {article.text}"
    trade = _TRADE_ENDING.search(org.domain.lower())
    if trade is None or trade[1][:_STEM] in text.lower():
        return False
    return any(longer_name(org, part) for part in text.split(". ", maxsplit=1))


_STRANGERS: Mapping[str, Callable[[Org, Article], bool]] = {
    "somebody else, of a longer name": lambda org, article: is_longer_name(
        org, f"{article.title}. {article.text}"
    ),
    "somebody else, of a longer name throughout": _is_longer,
    "somebody else, at another web address": _other_site,
    "somebody else, of a longer name and another trade": _of_another_trade,
    "somebody else, whom the text tells apart": _is_told_apart,
    "an investor, who raises a fund": _raises_a_fund,
}


def _compact(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _contradicted(reading: Reading) -> bool:
    """Say whether the headline itself denies the round or calls it a rumour."""
    title = reading.units[0].marked.text
    return is_denied(title) or is_hearsay(title)


def _told_without_sum(reading: Reading) -> bool:
    """Say whether headline and text both tell of a stake, and neither gives its sum.

    The learned reader has learned from rounds with sums and sees none without.
    """
    named = {found.in_title for found in reading.found if found.named}
    return len(named) == 2 and not any(found.money for found in reading.found)


def _assemble(org: Org, article: Article, read: _Read, now: datetime) -> Explained:
    reading = read.rules
    main = choosing.main_telling(reading)
    main = surer(main, reading, read.tagged) if read.tagged else main
    main = choosing.unrounded(of_shares(main, reading), reading)
    if choosing.is_something_else(reading, main):
        return Explained(None, (), ("the text calls the sum something else",))
    money = main.money
    if money:
        money = of_home(money, reading, org.domain, article.source_url)
    alike = [f for f in reading.found if choosing.same_sum(f.money, main.money)]
    alike = alike if main in alike else [main, *alike]
    name = choosing.round_of(reading, alike)
    own = frozenset(name.casefold() for name in org.names)
    backers = gathering.backers_of(reading, alike, gathering.Round(name, own))
    if read.tagged:
        name = round_named(read.tagged, name)
        name = choosing.extended(name, [], reading, alike)
        backers = joined(backers, reading, read.tagged, own)
    backers = heading.settled(backers, reading, name)
    name = name or choosing.of_angels(reading, alike, backers)
    day, stated = days.announced(reading, alike, article.published, now)
    parts = choosing.confidence(alike, name, stated=stated)
    fact = FundingFact(
        org_id=org.org_id,
        round_type=name or UNKNOWN,
        announced_on=day,
        source_url=article.source_url,
        amount_usd=choosing.in_usd(money, alike),
        investors=backers.every,
        confidence=round(min(1.0, sum(value for _, value in parts)), 2),
        created_at=now,
        amount=money.amount if money else None,
        currency=money.currency if money else "",
        leads=backers.leads,
        source=article.source,
        quote=choosing.quote(main, alike),
    )
    return Explained(fact, parts, reading.refused)
