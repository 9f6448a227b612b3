"""The invented press is complete, dated and consistent."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from sync.sandbox.sample.articles import read_articles
from sync.sandbox.sample.companies import read_companies
from sync.sandbox.sample.dates import fill_dates
from sync.sandbox.sample.errors import BadSample

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("on {weekday}", "on Sunday"),
        ("by {month:+60}", "by January"),
        ("On {day:-4}", "On 18 November"),
        ("am {wochentag:-1}, {tag}", "am Samstag, 22. November"),
    ],
)
def test_date_marks_count_from_publication(text, filled):
    assert fill_dates(text, date(2026, 11, 22)) == filled


def test_an_unknown_date_mark_is_an_error():
    with pytest.raises(BadSample, match="fortnight"):
        fill_dates("in a {fortnight}", date(2026, 11, 22))


def test_articles_name_only_customers_that_exist():
    names = {company.name for company in read_companies()}
    for article in read_articles(NOW):
        assert {*article.about, *article.mentions, *article.namesakes} <= names


def test_no_date_mark_is_left_in_a_text():
    for article in read_articles(NOW):
        assert "{" not in article.words


def test_every_customer_but_one_is_in_the_news():
    about = Counter(name for article in read_articles(NOW) for name in article.about)
    silent = {company.name for company in read_companies()} - set(about)
    assert silent == {"Sutterby Archives"}


def test_one_happening_is_told_by_several_outlets():
    outlets: dict[str, set[str]] = {}
    for article in read_articles(NOW):
        outlets.setdefault(article.story, set()).add(article.outlet.key)
    assert len(outlets["quillwater-series-b"]) == 5
    assert sum(len(told) > 1 for told in outlets.values()) >= 10


def test_article_addresses_are_unique():
    keys = [article.key for article in read_articles(NOW)]
    assert len(keys) == len(set(keys)) >= 40
