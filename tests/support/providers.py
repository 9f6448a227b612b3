"""Doubles of the providers' APIs on loopback: state, limits and error answers.

Each keeps to what the provider documents, checks what it is sent, and can be told to
misbehave: `faults` are given out one by one before any proper answer.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.web import Reply, Request, Site, running

KEY = "k3y-of-ours"


def as_json(value: Any, status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-").title(): v for name, v in headers.items()}
    kind = {"Content-Type": "application/json"}
    return Reply(json.dumps(value).encode(), status, {**kind, **named})


@dataclass
class Double:
    """What all doubles share. `calls` are the path and the parameters of each."""

    site: Site
    faults: list[Reply] = field(default_factory=list)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    header: str = ""

    @property
    def base_url(self) -> str:
        return self.site.url("").rstrip("/")

    def open(self, path: str, answer: Callable[[str, dict[str, str]], Reply]) -> None:
        def route(request: Request) -> Reply:
            parts = urlsplit(request.path)
            params = {name: v[0] for name, v in parse_qs(parts.query).items()}
            self.calls.append((unquote(parts.path), params))
            if self.faults:
                return self.faults.pop(0)
            if request.headers.get(self.header) != KEY:
                return self.stranger()
            return answer(unquote(parts.path), params)

        self.site.routes[path] = route

    def stranger(self) -> Reply:
        raise AssertionError("each double says this in its own words")


@dataclass
class NewsApi(Double):
    """/v2/everything on a developer's plan: no more than the first `cap` results."""

    header: str = "x-api-key"
    articles: list[dict[str, Any]] = field(default_factory=list)
    cap: int = 100

    def stranger(self) -> Reply:
        return self.error(401, "apiKeyInvalid", f"Your API key {KEY} is invalid.")

    @staticmethod
    def error(status: int, code: str, message: str, **headers: str) -> Reply:
        body = {"status": "error", "code": code, "message": message}
        return as_json(body, status, **headers)

    def add(self, title: str, published: datetime, **more: Any) -> None:
        at = published.strftime("%Y-%m-%dT%H:%M:%SZ")
        article = {
            "source": {"id": None, "name": "The Daily"},
            "author": None,
            "title": title,
            "description": f"{title}, in short.",
            "url": f"https://daily.example/{len(self.articles)}",
            "urlToImage": None,
            "publishedAt": at,
            "content": f"{title}, in sho… [+1234 chars]",
        }
        self.articles.append(article | more)

    def everything(self, path: str, params: dict[str, str]) -> Reply:
        if not params.get("q"):
            return self.error(400, "parametersMissing", "Required: q.")
        if len(params["q"]) > 500:
            return self.error(400, "queryTooLong", "q is over 500 characters.")
        size, page = int(params["pageSize"]), int(params.get("page", "1"))
        if size > 100:
            return self.error(400, "parameterInvalid", "pageSize is over 100.")
        if size * page > self.cap:
            words = f"Developer accounts are limited to a max of {self.cap} results."
            return self.error(426, "maximumResultsReached", words)
        found = [a for a in self.articles if _matches(a, params)]
        found.sort(key=lambda a: a["publishedAt"], reverse=True)
        shown = found[size * (page - 1) : size * page]
        return as_json({"status": "ok", "totalResults": len(found), "articles": shown})


def _matches(article: dict[str, Any], params: dict[str, str]) -> bool:
    said = f"{article['title']} {article['description']}".lower()
    names = [name.strip('" ').lower() for name in params["q"].split(" OR ")]
    at = article["publishedAt"].rstrip("Z")
    within = params["from"] <= at <= params["to"]
    return within and any(name in said for name in names)


@dataclass
class Google(Double):
    """customsearch/v1: ten results a page, a hundred in all, `quota` queries a day."""

    header: str = "x-goog-api-key"
    items: list[dict[str, Any]] = field(default_factory=list)
    quota: int = 100
    engine: str = "engine-1"

    def stranger(self) -> Reply:
        message = "API key not valid. Please pass a valid API key."
        detail = {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "API_KEY_INVALID",
            "domain": "googleapis.com",
        }
        return self.error(400, "badRequest", message, "INVALID_ARGUMENT", detail)

    @staticmethod
    def error(
        status: int, reason: str, message: str, word: str, *details: Any
    ) -> Reply:
        inner = {"message": message, "domain": "global", "reason": reason}
        error = {"code": status, "message": message, "errors": [inner], "status": word}
        if details:
            error["details"] = list(details)
        return as_json({"error": error}, status)

    def used_up(self) -> Reply:
        message = (
            "Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of "
            "service 'customsearch.googleapis.com'."
        )
        return self.error(429, "rateLimitExceeded", message, "RESOURCE_EXHAUSTED")

    def add(self, link: str, title: str = "Acme in the news", **more: Any) -> None:
        item = {"kind": "customsearch#result", "title": title, "link": link}
        self.items.append(item | {"snippet": f"About {title}"} | more)

    def search(self, path: str, params: dict[str, str]) -> Reply:
        if len(self.calls) > self.quota:
            return self.used_up()
        num, start = int(params.get("num", "10")), int(params.get("start", "1"))
        wrong = params.get("cx") != self.engine or not 1 <= num <= 10
        if wrong or start + num - 1 > 100:
            message = "Request contains an invalid argument."
            return self.error(400, "badRequest", message, "INVALID_ARGUMENT")
        shown = self.items[start - 1 : start - 1 + num]
        queries: dict[str, Any] = {"request": [{"startIndex": start, "count": num}]}
        if len(self.items) > start - 1 + num:
            queries["nextPage"] = [{"startIndex": start + num}]
        body: dict[str, Any] = {"kind": "customsearch#search", "queries": queries}
        return as_json(body | ({"items": shown} if shown else {}))


@dataclass
class Crunchbase(Double):
    """/api/v4: organisations with their rounds, in cards of a hundred."""

    header: str = "x-cb-user-key"
    rounds: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def stranger(self) -> Reply:
        return as_json([{"message": "Unauthorized user_key", "code": "LA401"}], 401)

    def add(self, place: str, slug: str, **more: Any) -> None:
        uuid = f"{place}-{slug}-{len(self.rounds.get(place, ()))}"
        mark = {"uuid": uuid, "permalink": slug, "entity_def_id": "funding_round"}
        self.rounds.setdefault(place, []).append({"identifier": mark} | more)

    def answer(self, path: str, params: dict[str, str]) -> Reply:
        steps = path.split("/api/v4/")[1].split("/")
        if steps[0] == "autocompletes":
            return self.suggest(params["query"])
        place = steps[2]
        if place not in self.rounds:
            return as_json([{"message": "Not Found", "code": "MD404"}], 404)
        every = self.rounds[place]
        after = params.get("after_id", "")
        uuids = [one["identifier"]["uuid"] for one in every]
        start = uuids.index(after) + 1 if after else 0
        site = {"website_url": self.sites.get(place, f"https://{place}.example/")}
        cards = {"raised_funding_rounds": every[start : start + 100]}
        return as_json({"properties": site, "cards": cards})

    def suggest(self, words: str) -> Reply:
        found = [
            {"identifier": {"permalink": place, "value": name}}
            for place, name in self.names.items()
            if words.lower() in name.lower()
        ]
        return as_json({"count": len(found), "entities": found})


@contextmanager
def news_api() -> Iterator[NewsApi]:
    with running() as site:
        double = NewsApi(site)
        double.open("/v2/everything", double.everything)
        yield double


@contextmanager
def google() -> Iterator[Google]:
    with running() as site:
        double = Google(site)
        double.open("/customsearch/v1", double.search)
        yield double


@contextmanager
def crunchbase(*places: str) -> Iterator[Crunchbase]:
    with running() as site:
        double = Crunchbase(site)
        double.open("/api/v4/autocompletes", double.answer)
        for place in places:
            path = f"/api/v4/entities/organizations/{place}"
            double.open(path, double.answer)
            double.open(f"{path}/cards/raised_funding_rounds", double.answer)
        yield double
