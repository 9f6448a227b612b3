"""Our databases as data: what people own, what the bot owns, and why. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store.records import Intent, Review, Said

PERSON = "person"
BOT = "bot"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of ours. Only `owner` writes it.

    `starts` marks a person's property that the bot fills in when it makes the row.
    `target` is the database of ours that a relation leads to. A property of one of
    the kinds in `also` is used as it is where it is there already.
    """

    name: str
    notion_name: str
    kind: str
    owner: str
    description: str
    options: tuple[str, ...] = ()
    starts: bool = False
    target: str = ""
    also: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of Notion's that will do."""
        return (self.kind, *self.also)

    def config(self, homes: Mapping[str, str]) -> dict[str, Any]:
        """Write the property as a schema takes it; `homes` are our data sources."""
        inside: dict[str, Any] = {}
        if self.kind == "relation":
            home = homes[self.target]
            inside = {
                "data_source_id": home,
                "type": "single_property",
                "single_property": {},
            }
        if self.kind == "select":
            inside = {"options": [{"name": option} for option in self.options]}
        if self.kind == "number":
            inside = {"format": "number"}
        return {self.kind: inside, "description": self.description}


@dataclass(frozen=True, slots=True)
class Database:
    """A database of ours. Rows of one that has a `key` are found again by it."""

    name: str
    title: str
    icon: str
    description: str
    properties: tuple[Property, ...]
    key: str = ""

    def named(self, name: str) -> Property:
        """Find a property by our name; raises KeyError."""
        return {p.name: p for p in self.properties}[name]

    def owned_by(self, owner: str) -> tuple[Property, ...]:
        """The properties that one side writes."""
        return tuple(p for p in self.properties if p.owner == owner)

    @property
    def title_name(self) -> str:
        """Our name of the title property."""
        return next(p.name for p in self.properties if p.kind == "title")


def _person(
    name: str, notion_name: str, kind: str, says: str, options: tuple[str, ...] = ()
) -> Property:
    return Property(name, notion_name, kind, PERSON, says, options)


def _bot(
    name: str, notion_name: str, kind: str, says: str, options: tuple[str, ...] = ()
) -> Property:
    return Property(
        name, notion_name, kind, BOT, f"Written by the bot. {says}", options
    )


_FUNDING = (
    _person(
        "funding_round",
        "Funding Round",
        "select",
        "Overrides the latest round found.",
        ("Pre-seed", "Seed", "Series A", "Series B", "Series C", "Series D", "Debt"),
    ),
    _person("funding_date", "Funding Date", "date", "When the round was announced."),
    _person("funding_amount", "Funding Amount", "number", "In US dollars."),
    _person("funding_investors", "Funding Investors", "rich_text", "Comma separated."),
    _person("funding_source", "Funding Source", "url", "Where the round is reported."),
)

COMPANIES = Database(
    "companies",
    "Companies",
    "🏢",
    "The companies we look after. The bot keeps a cited dossier for each.",
    (
        Property(
            "callsign",
            "Company",
            "title",
            PERSON,
            "What the team calls the company.",
            starts=True,
        ),
        _person("display_name", "Official Name", "rich_text", "The registered name."),
        _person(
            "domain",
            "Verified Domain",
            "url",
            "The company's site. Wins over what the bot finds; clear it to go back.",
        ),
        _person(
            "domain_locked",
            "Lock Domain",
            "checkbox",
            "Ticked: the bot suggests no other domain.",
        ),
        _person(
            "aliases",
            "Aliases",
            "rich_text",
            "Other names in the news, separated by commas or lines.",
        ),
        _person("crunchbase", "Crunchbase", "url", "Profile at Crunchbase."),
        _person("linkedin", "LinkedIn", "url", "Profile at LinkedIn."),
        _person("x_handle", "X", "url", "Profile at X."),
        *_FUNDING,
        _person("feeds", "News Feed", "url", "A feed to read for this company."),
        _person("renewal_date", "Renewal Date", "date", "When the contract renews."),
        _person("owner", "Owner", "people", "Who looks after the company."),
        _person(
            "segment",
            "Segment",
            "select",
            "Which sort of customer; the portfolio shows usage by it.",
        ),
        Property(
            "sector",
            "Sector",
            "select",
            PERSON,
            "The customer's line of business; analytics counts by it.",
            also=("rich_text",),
        ),
        _person(
            "drop_alert",
            "Usage Drop Alert %",
            "number",
            "A fall in usage by so many percent is an alert; empty: as configured.",
        ),
        _person(
            "manual_notes",
            "Manual Notes",
            "rich_text",
            "For colleagues; never quoted to a customer.",
        ),
        _person(
            "dossier_review",
            "Dossier Review",
            "select",
            "Approved once a person has read the dossier; Paused stops updates.",
            tuple(review.value for review in Review),
        ),
        _person(
            "paused",
            "Pause Bot",
            "checkbox",
            "Tick, and nothing is fetched, written or alerted for this company.",
        ),
        _person(
            "request_draft",
            "Request Draft",
            "checkbox",
            "Tick for an e-mail draft as a comment; the bot unticks it when done.",
        ),
        _person(
            "draft_intent",
            "Draft Intent",
            "select",
            "What the draft is for; empty: the newest open action item decides.",
            tuple(intent.value for intent in Intent),
        ),
        _bot(
            "health",
            "Health",
            "select",
            "From usage and support.",
            ("Healthy", "Watch", "At risk", "No data"),
        ),
        _bot("usage_trend", "Usage Trend", "rich_text", "How usage moved of late."),
        _bot(
            "suggested_domain",
            "Suggested Domain",
            "url",
            "Copy it to Verified Domain if it is right.",
        ),
        _bot("latest_funding", "Latest Funding", "rich_text", "With date and source."),
        _bot("open_actions", "Open Actions", "number", "Open action items."),
        _bot("dossier", "Dossier", "url", "The company's dossier page."),
        _bot("last_generated", "Last Generated", "date", "When the dossier was made."),
        _bot(
            "sync_note",
            "Sync Note",
            "rich_text",
            "What is wrong with this row, or empty.",
        ),
    ),
)

INTEL = Database(
    "intel",
    "Intel",
    "📰",
    "Stories about our companies, one row per happening. Say in Verdict where one is "
    "not about us, wrong or stale.",
    (
        _bot("title", "Story", "title", "What happened."),
        Property(
            "company",
            "Company",
            "relation",
            BOT,
            "Written by the bot. Whom it is about.",
            target=COMPANIES.name,
        ),
        _bot(
            "kind",
            "Kind",
            "select",
            "What sort of happening.",
            (
                "news",
                "funding",
                "press",
                "product",
                "leadership",
                "layoffs",
                "incident",
                "acquisition",
                "legal",
                "tweet",
            ),
        ),
        _bot("published", "Published", "date", "When the first outlet reported it."),
        _bot("outlets", "Outlets", "rich_text", "Who reported it, and since when."),
        _bot(
            "significance",
            "Significance",
            "select",
            "How much it may matter to the account.",
            ("High", "Medium", "Low"),
        ),
        _bot("link", "Link", "url", "The first report."),
        _person(
            "verdict",
            "Verdict",
            "select",
            "Not us: someone else of that name, also next time. Wrong: not to be "
            "believed. Stale: no longer of use. Empty it to take that back.",
            tuple(said.value for said in Said),
        ),
        _bot("key", "Bot Key", "rich_text", "By this the bot finds its row again."),
    ),
    key="key",
)

# What has become of the cause of an action item; of one that is a letter, the letter.
HOLDS, SETTLED = "Holds", "Settled"
DRAFTED, SUPERSEDED = "Drafted", "Superseded"
# What people decide about a letter; its state says the first two, too.
CONFIRMED, DISMISSED, AGAIN = "Confirmed", "Dismissed", "New version please"

ACTIONS = Database(
    "actions",
    "Action Items",
    "✅",
    "What someone should look at. Set the status; the bot never changes it back.",
    (
        _bot("title", "Action", "title", "What to look at."),
        Property(
            "company",
            "Company",
            "relation",
            BOT,
            "Written by the bot. Whom it is about.",
            target=COMPANIES.name,
            also=("rich_text",),
        ),
        _bot("trigger", "Trigger", "select", "What made the bot raise it."),
        _bot("raised", "Raised", "date", "Since when."),
        _bot("owner", "Owner", "people", "Who looks after the company."),
        _bot("details", "Details", "rich_text", "Why, with sources."),
        _bot("next_step", "Next Step", "rich_text", "What could be done, which draft."),
        _bot(
            "state",
            "State",
            "select",
            "Holds: the cause is still there. Settled: evidence says it is gone. Of a "
            "draft: what became of it.",
            (HOLDS, SETTLED, DRAFTED, CONFIRMED, DISMISSED, SUPERSEDED),
        ),
        _bot("link", "Link", "url", "Where to look."),
        Property(
            "status",
            "Status",
            "select",
            PERSON,
            "Yours: open, dismissed or done.",
            ("open", "dismissed", "done"),
            starts=True,
        ),
        _person(
            "decision",
            "Draft Decision",
            "select",
            "For drafts: confirm it, dismiss it, or ask for a new version.",
            (CONFIRMED, DISMISSED, AGAIN),
        ),
        _person(
            "draft_note",
            "Draft Note",
            "rich_text",
            "What the new version should do: shorter, warmer, mention this. Write it "
            "before you choose New version please.",
        ),
        _person(
            "claim_verdict",
            "Claim Verdict",
            "select",
            "For a row of your own with a dossier's sentence as its title: wrong, not "
            "us, or stale. Empty it to take it back.",
            tuple(said.value for said in Said),
        ),
        _bot("key", "Bot Key", "rich_text", "By this the bot finds its row again."),
    ),
    key="key",
)

DATABASES: Mapping[str, Database] = {d.name: d for d in (COMPANIES, INTEL, ACTIONS)}

# The two people's columns that the bot may touch, each to one value only.
EXCEPTIONS: Mapping[str, Any] = {
    "request_draft": False,
    "dossier_review": Review.AWAITING.value,
}


def renamed(database: Database, names: Mapping[str, str]) -> dict[str, str]:
    """Map our property names to the team's: settings first, then the defaults.

    Settings name a property as `database.name`, those of Companies also as `name`.
    """
    short = names if database.name == COMPANIES.name else {}
    return {
        p.name: names.get(f"{database.name}.{p.name}")
        or short.get(p.name)
        or p.notion_name
        for p in database.properties
    }
