"""`make eval`: measure everything, print it, write docs/eval.json and docs/quality.md.

Exits with 1 where a bar is not held. Touches: files, the terminal.
"""

import sys
from pathlib import Path

from tests.eval import (
    domains,
    extraction,
    funding,
    injections,
    kinds,
    linking,
    redact,
    report,
    stories,
    support,
    usage,
)
from tests.eval.score import Score

DOCS = Path(__file__).parents[2] / "docs"


def measure() -> list[Score]:
    """Run every evaluation, the held cases first."""
    runs = (
        funding.run,
        linking.run,
        domains.run,
        stories.run,
        stories.run_documents,
        kinds.run,
        redact.run,
        usage.run,
        support.run,
        injections.run,
    )
    scores = [run(split) for split in ("held", "dev") for run in runs]
    real = extraction.run_realweb()
    splits = ("unseen", "odd")
    unseen = [run(split) for run in (funding.run, support.run) for split in splits]
    model = support.run_with_model()
    return [*scores, *unseen, *model, extraction.run(), *([real] if real else [])]


def main() -> int:
    """Measure, print, write; returns the exit code."""
    scores = measure()
    (DOCS / "eval.json").write_text(report.as_json(scores), encoding="utf-8")
    (DOCS / "quality.md").write_text(report.as_page(scores), encoding="utf-8")
    sys.stdout.write("\n".join(report.table(scores)) + "\n")
    for line in report.missed(scores):
        sys.stdout.write(f"not held: {line}\n")
    return 1 if report.missed(scores) else 0


if __name__ == "__main__":
    sys.exit(main())
