"""The columns people keep in the sample "Companies" database. Pure."""

from typing import Any, TypeAlias

Config: TypeAlias = dict[str, Any]

ROUNDS = ("Pre-seed", "Seed", "Series A", "Series B", "Series C", "Growth", "Debt")
REVIEW_STATES = ("Awaiting review", "Approved", "Paused")
INTENTS = (
    "congrats_funding",
    "quarterly_checkin",
    "usage_dip_followup",
    "incident_followup",
)


def _column(kind: str, description: str, **config: object) -> Config:
    return {"type": kind, kind: config, "description": description}


def _choice(description: str, names: tuple[str, ...], colours: str = "") -> Config:
    shades = colours.split() or ["default"] * len(names)
    options = [
        {"name": name, "color": colour}
        for name, colour in zip(names, shades, strict=True)
    ]
    return _column("select", description, options=options)


def people_columns() -> dict[str, Config]:
    """Name every column that people write, with its kind and description.

    These are the default names of the people's half of "Companies"; the bot's own
    columns are not among them.
    """
    return {
        "Company": _column("title", "The name we use for the customer."),
        "Official Name": _column("rich_text", "As in the commercial register."),
        "Verified Domain": _column("url", "Website that a person has checked."),
        "Lock Domain": _column("checkbox", "Ticked: never replace the domain."),
        "Aliases": _column(
            "rich_text", "Other names in use, separated by commas or lines."
        ),
        "Crunchbase": _column("url", "Profile page."),
        "LinkedIn": _column("url", "Company page."),
        "X": _column("url", "Account."),
        "News Feed": _column("url", "Their own RSS or Atom feed, if they have one."),
        **_funding_columns(),
        "Renewal Date": _column("date", "End of the running contract."),
        "Owner": _column("people", "Who looks after this customer."),
        "Manual Notes": _column("rich_text", "Internal. Never leaves the team."),
        **_request_columns(),
    }


def _funding_columns() -> dict[str, Config]:
    return {
        "Funding Round": _choice("Latest round, if ours is better.", ROUNDS),
        "Funding Date": _column("date", "Day the round was announced."),
        "Funding Amount": _column("number", "In US dollars.", format="dollar"),
        "Funding Investors": _column("rich_text", "Lead first."),
        "Funding Source": _column("url", "Where this is written."),
    }


def _request_columns() -> dict[str, Config]:
    return {
        "Dossier Review": _choice(
            "What a person thinks of the newest dossier.",
            REVIEW_STATES,
            "yellow green gray",
        ),
        "Request Draft": _column("checkbox", "Tick to get an e-mail draft."),
        "Draft Intent": _choice(
            "What the draft is for; empty: the newest open action item decides.",
            INTENTS,
            "green blue orange red",
        ),
    }
