"""The dossiers of ten organisations read as they were accepted: `make golden`."""

import pytest

from tests.golden import cases, paper, runs
from tests.golden.__main__ import difference

CASES = {case.name: case for case in cases.cases()}


def test_there_are_ten_organisations_each_with_its_page_and_no_page_more():
    names = {*CASES, *(f"{name}.model" for name in runs.WITH_MODEL)}
    assert len(CASES) >= 10
    assert {path.stem for path in runs.DATA.glob("*.md")} == names


@pytest.mark.parametrize("name", CASES)
def test_a_dossier_reads_as_accepted(name: str):
    compare(name, runs.page(CASES[name]))


@pytest.mark.parametrize("name", runs.WITH_MODEL)
def test_a_dossier_by_a_model_reads_as_accepted(name: str):
    compare(f"{name}.model", runs.page_by_model(CASES[name]))


@pytest.mark.parametrize("name", CASES)
def test_made_again_a_page_is_the_same(name: str):
    told, first = cases.written(CASES[name])
    again = cases.once_more(told, first)
    about = CASES[name].about
    assert paper.page(about, told, again) == paper.page(about, told, first)
    assert not again.is_new


def compare(name: str, now: str) -> None:
    accepted = (runs.DATA / f"{name}.md").read_text("utf-8")
    if accepted != now:
        told = "".join(difference(f"{name}.md", accepted, now))
        pytest.fail(f"run `make golden` where this is meant:\n{told}", pytrace=False)
