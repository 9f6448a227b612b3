"""What the tests of this room share: the learned reader of rounds."""

import pytest

from intel.tagger import open_tagger
from tests.support import sentence_model


@pytest.fixture(scope="session")
def tagger():
    """Open the learned tagger, its graph built first where need be."""
    sentence_model.folder()
    made, why = open_tagger(sentence_model.FOLDER.parent)
    assert made is not None, why
    return made
