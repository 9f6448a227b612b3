"""Asks pip-audit about every locked version, and believes no answer that is none.

Touches: the vulnerability database of PyPI. `python -m tests.audit`; `make audit` does
it. pip-audit says "no known vulnerabilities" of what it could not look up, too;
here that counts as not run.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-model.lock")
WELL, VULNERABLE, NOT_RUN = 0, 1, 3


def verdict(told: Mapping[str, Any]) -> tuple[int, str]:
    """Judge what pip-audit says as JSON; gives an exit code and words. Pure."""
    every = told["dependencies"]
    skipped = [one["name"] for one in every if "skip_reason" in one]
    found = [
        f"{one['name']} {one['version']}: {vuln['id']}, mended in "
        f"{', '.join(vuln['fix_versions']) or 'no version yet'}"
        for one in every
        for vuln in one.get("vulns", ())
    ]
    asked = len(every) - len(skipped)
    if found:
        return VULNERABLE, "\n".join((*found, f"{len(found)} known vulnerabilities"))
    if skipped or not every:
        return NOT_RUN, (
            f"not run: {len(skipped)} of {len(every)} packages could not be looked up "
            f"({asked} could, without a finding), such as {', '.join(skipped[:3])}"
        )
    return WELL, f"{asked} packages, no known vulnerability"


def asked(lock: str) -> tuple[int, str]:
    """Ask about one lock file."""
    words = ["pip_audit", "-r", lock, "--disable-pip", "--no-deps", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", *words, "--progress-spinner", "off"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        return verdict(json.loads(done.stdout))
    except ValueError:
        said = done.stderr.strip().splitlines() or ["no answer"]
        return NOT_RUN, f"not run: {said[-1]}"


def main() -> int:
    """Ask about both lock files, and say what was found."""
    answers = {lock: asked(lock) for lock in LOCKS}
    for lock, (_, words) in answers.items():
        sys.stdout.write(f"{lock}: {words}\n")
    codes = {code for code, _ in answers.values()}
    return VULNERABLE if VULNERABLE in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())
