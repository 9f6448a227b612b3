"""Writes every golden dossier. Touches: tests/data/golden, a model on loopback."""

from collections.abc import Iterator
from pathlib import Path

from intel.llm.writer import ModelWriter
from tests.golden import cases, paper
from tests.golden.cases import DATA, Case
from tests.support.models import bench

__all__ = ["DATA", "Case", "page", "pages"]

# What a scripted model writes as well, each through the real client.
WITH_MODEL = ("fernholt",)


def pages() -> Iterator[tuple[Path, str]]:
    """Write the page of each case, and by the model where it has one."""
    for case in cases.cases():
        yield DATA / f"{case.name}.md", page(case)
        if case.name in WITH_MODEL:
            yield DATA / f"{case.name}.model.md", page_by_model(case)


def page(case: Case) -> str:
    """Write one page in the evidence's own words."""
    return paper.page(case.about, *cases.written(case))


def page_by_model(case: Case) -> str:
    """Write one page with the scripted model."""
    with bench() as made:
        return paper.page(case.about, *cases.written(case, ModelWriter(made.model())))
