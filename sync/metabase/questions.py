"""The questions that `cip metabase` makes, and where they stand on the dashboard. Pure.

Each reads the views of docs/analytics.md in the way of Postgres. Its first line marks
it as ours, so that it is found again whatever people call it and wherever it is put.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

COLLECTION = "Customer intelligence"
DASHBOARD = "Customer intelligence"
MARK = "Made by cip metabase."


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, how it is drawn, how wide it is (of 24 columns)."""

    key: str
    name: str
    says: str
    display: str
    select: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    width: int = 12
    height: int = 6

    @property
    def sql(self) -> str:
        """The query with our mark before it."""
        return f"{mark(self.key)}\n{self.select.strip()}"

    @property
    def description(self) -> str:
        """What it shows, and whose it is."""
        return f"{self.says} {MARK}"


def mark(key: str) -> str:
    """The line that tells whose a query is."""
    return f"-- cip:{key}"


def key_of(sql: str) -> str:
    """Read whose a query is, "" where it is not ours."""
    first = sql.strip().partition("\n")[0].strip()
    return first.removeprefix("-- cip:") if first.startswith("-- cip:") else ""


def _axes(dimensions: Sequence[str], metrics: Sequence[str]) -> dict[str, Any]:
    return {"graph.dimensions": list(dimensions), "graph.metrics": list(metrics)}


_STACKED = {"stackable.stack_type": "stacked"}
QUESTIONS = (
    Question(
        "health",
        "Companies by health",
        "How many companies stand how.",
        "pie",
        """
        SELECT health, COUNT(*) AS companies
        FROM v_companies GROUP BY health ORDER BY companies DESC
        """,
        {"pie.dimension": "health", "pie.metric": "companies"},
        width=8,
    ),
    Question(
        "health_by_day",
        "Health over time",
        "How many companies stood how on each day they were judged.",
        "area",
        """
        SELECT day, health, COUNT(*) AS companies
        FROM v_health GROUP BY day, health ORDER BY day
        """,
        _axes(["day", "health"], ["companies"]) | _STACKED,
        width=16,
    ),
    Question(
        "at_risk",
        "Companies at risk",
        "At risk or to watch, the nearest renewal first.",
        "table",
        """
        SELECT company, sector, health, renewal_on, days_to_renewal, open_alerts
        FROM v_companies WHERE health IN ('At risk', 'Watch')
        ORDER BY CASE health WHEN 'At risk' THEN 0 ELSE 1 END, renewal_on NULLS LAST
        """,
        width=24,
    ),
    Question(
        "active",
        "Companies that use the product",
        "By week and sector: companies with any use at all.",
        "line",
        """
        SELECT week, sector, COUNT(DISTINCT org_id) AS companies
        FROM v_adoption WHERE used = 1 GROUP BY week, sector ORDER BY week
        """,
        _axes(["week", "sector"], ["companies"]),
    ),
    Question(
        "features",
        "Adoption by metric",
        "The share of companies with readings that used each in the last four weeks.",
        "row",
        """
        WITH lately AS (
          SELECT * FROM v_adoption WHERE week > CURRENT_DATE - 35
        )
        SELECT metric, ROUND(
          100.0 * COUNT(DISTINCT CASE WHEN used = 1 THEN org_id END)
          / NULLIF((SELECT COUNT(DISTINCT org_id) FROM lately), 0), 1
        ) AS percent
        FROM lately GROUP BY metric ORDER BY percent DESC
        """,
        _axes(["metric"], ["percent"]),
    ),
    Question(
        "coverage",
        "What the bot hears from",
        "Companies that each source told of in the last 60 days.",
        "row",
        """
        SELECT source, SUM(CASE WHEN days_since <= 60 THEN 1 ELSE 0 END) AS companies
        FROM v_coverage GROUP BY source ORDER BY companies DESC
        """,
        _axes(["source"], ["companies"]),
    ),
    Question(
        "blind_spots",
        "Blind spots",
        "Companies without usage data or news.",
        "table",
        """
        SELECT company, sector, source, last_at
        FROM v_coverage
        WHERE source IN ('News', 'Product usage')
          AND (items = 0 OR days_since > 60)
        ORDER BY company, source
        """,
    ),
    Question(
        "funding",
        "Funding by sector",
        "US dollars by month of announcement; rounds of unknown size count nothing.",
        "bar",
        """
        SELECT month, sector, amount_usd
        FROM v_funding_by_sector WHERE month IS NOT NULL ORDER BY month
        """,
        _axes(["month", "sector"], ["amount_usd"]) | _STACKED,
    ),
    Question(
        "rounds",
        "Latest rounds",
        "Each round once, whoever tells of it.",
        "table",
        """
        SELECT announced_on, company, sector, round_type, amount_usd, told_by
        FROM v_funding ORDER BY announced_on DESC NULLS LAST
        """,
    ),
    Question(
        "alerts",
        "What became of alerts",
        "By trigger: open, done, dismissed, or settled by evidence.",
        "bar",
        """
        SELECT trigger, outcome, COUNT(*) AS alerts
        FROM v_alerts GROUP BY trigger, outcome ORDER BY trigger, outcome
        """,
        _axes(["trigger", "outcome"], ["alerts"]) | _STACKED,
    ),
    Question(
        "reaction",
        "Days until somebody acted",
        "From an alert to a person's decision, on average.",
        "bar",
        """
        SELECT trigger, ROUND(
          CAST(AVG(EXTRACT(EPOCH FROM (closed_at - opened_at))) / 86400 AS numeric), 1
        ) AS days
        FROM v_alerts WHERE acted_on = 1 GROUP BY trigger ORDER BY days DESC
        """,
        _axes(["trigger"], ["days"]),
    ),
    Question(
        "reviews",
        "Summaries by review",
        "How many summaries a person has approved as they stand.",
        "pie",
        """
        SELECT review, COUNT(*) AS companies
        FROM v_summary_freshness GROUP BY review ORDER BY companies DESC
        """,
        {"pie.dimension": "review", "pie.metric": "companies"},
        width=8,
    ),
    Question(
        "freshness",
        "Summaries by age",
        "When each was last looked at, the longest ago first.",
        "table",
        """
        SELECT company, sector, checked_days_ago, age_days, claims, review
        FROM v_summary_freshness
        ORDER BY checked_days_ago DESC NULLS FIRST, company
        """,
        width=16,
    ),
    Question(
        "failures",
        "Runs that failed",
        "By day and job; an empty picture is a good one.",
        "bar",
        """
        SELECT day, job, SUM(runs) AS runs
        FROM v_runs WHERE status = 'failed' GROUP BY day, job ORDER BY day
        """,
        _axes(["day", "job"], ["runs"]) | _STACKED,
        width=24,
    ),
)
_COLUMNS = 24


def layout(questions: Sequence[Question]) -> dict[str, dict[str, int]]:
    """Place questions in rows, each as high as its highest."""
    places: dict[str, dict[str, int]] = {}
    row = column = tallest = 0
    for one in questions:
        if column + one.width > _COLUMNS:
            row, column, tallest = row + tallest, 0, 0
        places[one.key] = {
            "row": row, "col": column, "size_x": one.width, "size_y": one.height,
        }  # fmt: skip
        column += one.width
        tallest = max(tallest, one.height)
    return places
