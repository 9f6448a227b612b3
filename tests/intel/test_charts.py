"""Charts show what is known, week by week, and say the same in words."""

from datetime import UTC, date, datetime, time, timedelta

from intel import dossier, portfolio_charts, usage_chart, weeks
from intel.dossier import Material
from store.pages import Block
from store.records import Org, UsageReading

TODAY = date(2026, 11, 18)  # a Wednesday; the last whole week ends on the 15th


def daily(
    org: str, value: float, days: int = 120, *, metric: str = "mau", until: date = TODAY
) -> list[UsageReading]:
    """Readings of the days before a day, half as high on Saturdays and Sundays."""
    found = []
    for back in range(1, days + 1):
        day = until - timedelta(days=back)
        high = value if day.isoweekday() < 6 else value / 2
        moment = datetime.combine(day, time(), UTC)
        found.append(UsageReading(org, metric, moment, high, f"u.csv:{back}"))
    return found


def falling(org: str, value: float, to: float, on: date) -> list[UsageReading]:
    every = daily(org, 1.0)
    return [
        UsageReading(
            org, r.metric, r.ts, r.value * (to if r.ts.date() >= on else value)
        )
        for r in every
    ]


def lines(chart) -> dict[str, tuple]:
    return {line.name: line.values for panel in chart.panels for line in panel.lines}


def test_weeks_are_whole_and_end_on_sundays():
    assert weeks.ends(TODAY, 2) == (date(2026, 11, 8), date(2026, 11, 15))
    assert weeks.ends(date(2026, 11, 15), 1) == (date(2026, 11, 8),), "not over yet"
    assert weeks.ends(date(2026, 11, 16), 1) == (date(2026, 11, 15),)


def test_weekends_make_no_zigzag():
    (values,) = lines(usage_chart.chart(daily("acme", 70), TODAY)).values()
    assert set(values) == {60.0}


def test_a_company_s_chart_tells_first_and_last_and_where_a_series_ends():
    told = falling("acme", 100, 65, date(2026, 11, 2))
    old = daily("acme", 10, metric="exports", until=date(2026, 10, 26))
    chart = usage_chart.chart([*told, *old], TODAY, ("mau",))
    assert chart.caption == (
        "Usage by week (the mean reading of each week, to 2026-11-15): MAU 85.7 → "
        "55.7; Exports 8.6 → 8.6, nothing after the week to 2026-10-25."
    )
    assert lines(chart)["Exports"][-3:] == (None, None, None)
    assert [panel.title for panel in chart.panels] == ["MAU", "Exports"]


def test_the_picture_changes_when_a_week_is_over_not_every_day():
    readings = daily("acme", 70, until=date(2026, 11, 25))
    on_day = [
        usage_chart.chart([r for r in readings if r.ts.date() < day], day)
        for day in (date(2026, 11, 17), date(2026, 11, 22), date(2026, 11, 23))
    ]
    assert on_day[0] == on_day[1]
    assert on_day[1].digest != on_day[2].digest


def test_too_few_readings_make_no_chart():
    assert usage_chart.chart(daily("acme", 5, days=3), TODAY) is None
    assert usage_chart.chart([], TODAY) is None


def test_a_company_s_chart_shows_three_metrics_the_telling_ones_first():
    every = [r for m in "abcde" for r in daily("acme", 5, metric=m)]
    chart = usage_chart.chart(every, TODAY, ("e", "c"))
    assert [panel.title for panel in chart.panels] == ["E", "C", "A"]
    assert chart.caption.endswith("2 more metrics are not shown.")


def test_the_caption_s_picture_is_cited_by_the_last_reading():
    readings = daily("acme", 5)
    chart = usage_chart.chart(readings, TODAY)
    shown = usage_chart.block(chart, "x.png", readings, "https://n.example/acme")
    assert shown.spans[-1].text == "Usage — 2026-11-17"
    assert shown.spans[-1].url == "https://n.example/acme"


def test_usage_by_segment_counts_only_companies_that_never_stopped():
    readings = {
        "a": daily("a", 70),
        "b": falling("b", 140, 70, date(2026, 11, 9)),
        "c": daily("c", 7000, until=date(2026, 10, 1)),  # its file stopped
        "d": daily("d", 35),
    }
    segments = {"a": "SMB", "b": "Enterprise", "c": "Enterprise"}
    chart = portfolio_charts.usage(readings, segments, TODAY)
    shown = lines(chart)
    assert (shown["Enterprise"][0], shown["Enterprise"][-1]) == (120.0, 60.0)
    assert set(shown["SMB"]) == {60.0}
    assert set(shown[portfolio_charts.NO_SEGMENT]) == {30.0}
    assert "Enterprise 120 → 60 (−50 %)" in chart.caption
    assert "3 of 4 companies reported every week and are counted" in chart.caption


def test_without_segments_each_metric_s_total_has_its_own_panel():
    readings = {
        "a": [*daily("a", 70), *daily("a", 7, metric="exports")],
        "b": daily("b", 70),
    }
    chart = portfolio_charts.usage(readings, {}, TODAY)
    assert [panel.title for panel in chart.panels] == ["MAU", "Exports"]
    assert set(lines(chart)["MAU"]) == {120.0}


def test_a_week_that_most_have_not_reported_yet_is_left_out():
    monday = date(2026, 11, 16)
    readings = {
        **{f"o{n}": daily(f"o{n}", 70, until=date(2026, 11, 9)) for n in range(3)},
        "early": daily("early", 70, until=monday),
    }
    chart = portfolio_charts.usage(readings, {}, monday)
    assert chart.ticks[-1] == "2026-11-08"
    assert set(lines(chart)["MAU"]) == {240.0}, "all four count"


def test_many_segments_are_drawn_as_the_largest_and_others():
    readings = {f"o{n}": daily(f"o{n}", 70 * (n + 1)) for n in range(9)}
    segments = {f"o{n}": f"Segment {n}" for n in range(9)}
    shown = lines(portfolio_charts.usage(readings, segments, TODAY))
    assert list(shown) == [*(f"Segment {n}" for n in (8, 7, 6, 5, 4)), "others"]
    assert shown["others"][-1] == 60.0 * (1 + 2 + 3 + 4)


def test_no_readings_make_no_charts():
    assert portfolio_charts.usage({}, {}, TODAY) is None
    assert portfolio_charts.adoption({}, TODAY) is None
    assert portfolio_charts.health([], TODAY) is None


def test_adoption_counts_who_used_a_feature_not_who_reports_a_zero():
    readings = {
        "a": [
            *daily("a", 5, metric="feature.exports"),
            *daily("a", 9),
            *daily("a", 0, metric="feature.bulk_edit"),
        ],
        "b": daily("b", 5, metric="feature.exports"),
        "c": daily("c", 5),
        "gone": daily("gone", 5, metric="feature.exports", until=date(2026, 8, 1)),
    }
    chart = portfolio_charts.adoption(readings, TODAY)
    assert chart.ticks == ("Exports", "Bulk edit")
    assert lines(chart)["share"] == (66.67, 0.0)
    assert chart.caption == (
        "Of 3 companies with usage data in the four weeks to 2026-11-15, so many used: "
        "Exports 2; Bulk edit 0."
    )


def test_without_features_every_metric_is_one():
    chart = portfolio_charts.adoption({"a": daily("a", 5)}, TODAY)
    assert chart.ticks == ("MAU",)


def test_health_is_counted_by_day_and_stands_until_the_next_judgement():
    first, third = date(2026, 11, 10), date(2026, 11, 12)
    chart = portfolio_charts.health(
        [("a", first, "Healthy"), ("b", first, "Watch"), ("a", third, "At risk")],
        TODAY,
    )
    shown = lines(chart)
    assert chart.ticks == ("2026-11-10", "2026-11-11", "2026-11-12")
    assert shown["Healthy"] == (1.0, 1.0, 0.0)
    assert shown["At risk"] == (0.0, 0.0, 1.0)
    assert shown["Watch"] == (1.0, 1.0, 1.0)
    assert chart.caption == (
        "Health by day. Since 2026-11-12: 0 Healthy, 1 Watch, 1 At risk, 0 No data. On "
        "2026-11-10: 1 Healthy, 1 Watch, 0 At risk, 0 No data."
    )


def test_a_company_that_is_not_judged_any_more_is_not_counted_for_ever():
    days = [date(2026, 11, 1) + timedelta(days=n) for n in range(10)]
    judged = [("gone", days[0], "Watch"), *(("a", day, "Healthy") for day in days)]
    assert (
        lines(portfolio_charts.health(judged, TODAY))["Watch"]
        == (1.0,) * 7 + (0.0,) * 3
    )


def test_another_picture_makes_no_new_version_of_a_dossier():
    now = datetime.combine(TODAY, time(), UTC)
    pictures = (None, *(Block("image", asset=f"usage@{n}.png") for n in "ab"))
    made = [
        dossier.write(Material(Org("acme", "Acme"), {}, (), now, chart=picture))
        for picture in pictures
    ]
    assert made[1].content_hash == made[2].content_hash
    assert made[1].page != made[2].page
    (shown,) = [b for b in made[1].page.blocks if b.kind == "image"]
    assert shown == pictures[1]


def test_days_on_which_nothing_changes_leave_the_picture_of_health_as_it_is():
    monday = date(2026, 11, 16)
    days = [date(2026, 11, 3) + timedelta(days=n) for n in range(25)]
    judged = [
        ("a", day, "Watch" if day < date(2026, 11, 10) else "At risk") for day in days
    ]
    made = [
        portfolio_charts.health(
            [one for one in judged if one[1] <= monday + timedelta(days=n)],
            monday + timedelta(days=n),
        )
        for n in range(8)
    ]
    assert len({chart.digest for chart in made[:7]}) == 1
    assert made[0].ticks[-1] == "2026-11-15"
    assert made[7].ticks[-1] == "2026-11-22", "a week is over"


def test_a_change_is_shown_on_its_day():
    days = [TODAY - timedelta(days=n) for n in range(5)]
    judged = [("a", day, "At risk" if day == TODAY else "Healthy") for day in days]
    chart = portfolio_charts.health(judged, TODAY)
    assert chart.ticks[-1] == TODAY.isoformat()
