"""Worlds that are made once for a test process, and laid out anew for each test.

A copy is as good as the original, and its own. Touches: files, databases.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.support import stores
from tests.support.world import World, world

NOTION = "notion.db"
Make = Callable[[Path], None]


@contextmanager
def laid_out(folder: Path, name: str, make: Make) -> Iterator[Path]:
    """Copy into a folder what `make` left in another; yields the file of Notion's.

    `make` is called once for each name and kind of store; it has Notion in `NOTION`.
    Here Notion lies elsewhere: a test may look through all files of the bot. Settings
    are the test's own.
    """
    assert not stores.is_there(folder), "the folder has a store already"
    kept = stores.kept(name, make)
    own = shutil.ignore_patterns(f"{NOTION}*", "config.toml")
    shutil.copytree(kept, folder, dirs_exist_ok=True, ignore=own)
    stores.copy(kept, folder)
    with TemporaryDirectory() as apart:
        yield Path(shutil.copy(kept / NOTION, apart))


@contextmanager
def going_on(folder: Path, name: str, make: Make, **options: Any) -> Iterator[World]:
    """Start a world where everything is as `make` left it."""
    with (
        laid_out(folder, name, make) as notion,
        world(folder, db=notion, **options) as told,
    ):
        yield told


@contextmanager
def begun(folder: Path, **options: Any) -> Iterator[World]:
    """Start a world, as `world` does, in which `cip init` was done by default."""
    with going_on(folder, "begun", _begin, **options) as told:
        yield told


def _begin(folder: Path) -> None:
    with world(folder, db=folder / NOTION, rate_limit=False) as told:
        told.init()
