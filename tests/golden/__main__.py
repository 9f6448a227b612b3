"""`make golden`: accepts what the dossiers of tests/data/golden say now."""

import difflib
import sys

from tests.golden import runs


def main() -> None:
    """Write every page anew, and show what is different from before."""
    wanted = {path.name for path, _ in runs.pages()}
    for old in sorted(runs.DATA.glob("*.md")):
        if old.name not in wanted:
            old.unlink()
            sys.stdout.write(f"{old.name}: gone\n")
    for path, made in runs.pages():
        before = path.read_text("utf-8") if path.exists() else ""
        if before != made:
            path.write_text(made, "utf-8")
            sys.stdout.writelines(difference(path.name, before, made))


def difference(name: str, before: str, now: str) -> list[str]:
    """Compare two texts line by line."""
    return list(
        difflib.unified_diff(
            before.splitlines(keepends=True),
            now.splitlines(keepends=True),
            f"{name} (accepted)",
            f"{name} (now)",
        )
    )


if __name__ == "__main__":
    main()
