"""Make the sample workspace the way a customer-success team would have it.

Touches: a workspace, through the callable it is given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sync.sandbox.sample.companies import SampleCompany, read_companies, values_on
from sync.sandbox.sample.errors import SeedRefused
from sync.sandbox.sample.schema import people_columns
from sync.sandbox.sample.words import read_pages, rich_text

Answer: TypeAlias = dict[str, Any]
Call: TypeAlias = Callable[[str, str, Answer | None, str], tuple[int, Answer]]


@dataclass(frozen=True, slots=True)
class _Person:
    """The person in whose name everything is made."""

    call: Call

    def post(self, path: str, body: Answer) -> Answer:
        return self._ask("POST", path, body)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def patch(self, path: str, body: Answer) -> Answer:
        return self._ask("PATCH", path, body)

    def _ask(self, method: str, path: str, body: Answer | None) -> Answer:
        status, answer = self.call(method, path, body, "person")
        if status >= 400:
            raise SeedRefused(method, path, status, str(answer.get("message", "")))
        return answer


def seed(
    call: Call, root_page: str, now: datetime, site_url: str | None = None
) -> None:
    """Fill the root page with a "Companies" database and the team's own pages.

    Args:
        call: executes a Notion request in process.
        root_page: id of the page everything is put under.
        now: dates of renewals and rounds are counted from this day.
        site_url: where the sample site answers; without it no row has a news feed.

    Raises:
        SeedRefused: the workspace answered a request with an error.
    """
    person = _Person(call)
    pages = read_pages()
    person.patch(f"/v1/pages/{root_page}", {"icon": _emoji("🤝")})
    person.patch(f"/v1/blocks/{root_page}/children", {"children": pages["root"]})
    _make_companies(person, root_page, now.date(), site_url)
    handbook = _make_page(person, root_page, "Team handbook", "📘", pages["handbook"])
    _make_page(person, handbook, "Renewal talks", "🔁", pages["renewals"])


def _make_companies(
    person: _Person, root_page: str, today: date, site_url: str | None
) -> None:
    database = person.post("/v1/databases", _database(root_page))
    source = database["data_sources"][0]["id"]
    owners = _people(person)
    # A query without sorts shows the newest row first: the last one made.
    for company in reversed(read_companies()):
        row = _row(company, source, today, owners, site_url)
        page = person.post("/v1/pages", row)
        if company.notes:
            _leave_comment(person, page["id"], company)


def _database(root_page: str) -> Answer:
    return {
        "parent": {"type": "page_id", "page_id": root_page},
        "title": rich_text("Companies"),
        "icon": _emoji("🏢"),
        "initial_data_source": {"properties": people_columns()},
    }


def _emoji(sign: str) -> Answer:
    return {"type": "emoji", "emoji": sign}


def _people(person: _Person) -> list[str]:
    users = person.get("/v1/users?page_size=100")["results"]
    return [user["id"] for user in users if user["type"] == "person"]


def _row(
    company: SampleCompany,
    source: str,
    today: date,
    owners: Sequence[str],
    site_url: str | None,
) -> Answer:
    values = values_on(company, today)
    if site_url is not None and company.site is not None:
        values["News Feed"] = f"{site_url.rstrip('/')}/site/{company.site}/feed.xml"
    properties = _properties(values)
    properties["Company"] = {"title": rich_text(company.name)}
    if owners:
        owner = owners[company.owner % len(owners)]
        properties["Owner"] = {"people": [{"object": "user", "id": owner}]}
    return {
        "parent": {"type": "data_source_id", "data_source_id": source},
        "icon": _emoji(company.icon),
        "properties": properties,
        "children": _own_notes(company),
    }


def _own_notes(company: SampleCompany) -> list[Answer]:
    if not company.notes:
        return []
    heading = {"heading_3": {"rich_text": rich_text("Our notes")}}
    bullets = [
        {"bulleted_list_item": {"rich_text": rich_text(note)}} for note in company.notes
    ]
    return [heading, *bullets]


def _leave_comment(person: _Person, page: str, company: SampleCompany) -> None:
    text = (
        f"These are my own notes on {company.name}: please leave them where they are."
    )
    person.post(
        "/v1/comments", {"parent": {"page_id": page}, "rich_text": rich_text(text)}
    )


def _make_page(
    person: _Person, parent: str, title: str, icon: str, children: list[Answer]
) -> str:
    body = {
        "parent": {"type": "page_id", "page_id": parent},
        "icon": _emoji(icon),
        "properties": {"title": {"title": rich_text(title)}},
        "children": children,
    }
    page_id: str = person.post("/v1/pages", body)["id"]
    return page_id


def _properties(values: Mapping[str, Any]) -> dict[str, Answer]:
    kinds = {name: config["type"] for name, config in people_columns().items()}
    return {name: _value(kinds[name], value) for name, value in values.items()}


def _value(kind: str, value: Any) -> Answer:
    if kind == "rich_text":
        return {"rich_text": rich_text(value)}
    if kind == "select":
        return {"select": {"name": value}}
    if kind == "date":
        return {"date": {"start": value.isoformat()}}
    return {kind: value}
