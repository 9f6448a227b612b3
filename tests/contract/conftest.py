"""Notion's own client and types, installed once; without Node these tests skip."""

import pytest

from tests.support import node
from tests.support.contract import Validator


@pytest.fixture(scope="session")
def validator() -> Validator:
    try:
        return Validator.load()
    except node.NoNode as missing:
        node.skip_or_fail(missing)
        raise


@pytest.fixture(scope="session")
def client_installed() -> None:
    try:
        node.installed()
    except node.NoNode as missing:
        node.skip_or_fail(missing)
