import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from intel import embedder, minilm
from intel.errors import NoModel
from tests.support import sentence_model

TEXTS = [
    "Acme raised $12 million in new funding.",
    "The company closed a twelve million dollar funding round.",
    "The cat slept on the warm windowsill all afternoon.",
]


@pytest.fixture(scope="module")
def model():
    return sentence_model.open_model()


def every():
    yield embedder.HashingEmbedder()
    yield sentence_model.open_model()


def test_every_embedder_gives_normalised_rows_and_repeats_itself():
    for one in every():
        rows = one.embed(TEXTS)
        assert rows.shape == (3, one.dim)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        assert np.allclose(rows, one.embed(TEXTS), atol=1e-6)
        assert one.embed([]).shape == (0, one.dim)


def test_like_meaning_is_close_and_other_meaning_is_far(model):
    first, second, other = model.embed(TEXTS)
    assert first @ second > 0.3
    measured = embedder.likeness(model)(TEXTS[0], TEXTS[1])
    assert abs(measured - first @ second) < 1e-4
    assert first @ other < 0.15


def test_the_graph_agrees_with_a_plain_forward_pass(model):
    source = minilm.packaged()
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokens = tokenizer.encode(TEXTS[0]).ids
    expected = sentence_model.forward(minilm.load_weights(source), tokens)
    # Beside a longer text, so that padding has to be masked.
    row = model.embed([TEXTS[0], " ".join(TEXTS * 4)])[0]
    assert np.abs(row - expected).max() < 1e-4


def test_hashing_knows_shared_words_and_says_what_it_is():
    rows = embedder.HashingEmbedder().embed(
        ["Acme raised funding", "Acme raises funding today", "the cat sleeps", ""]
    )
    assert rows[0] @ rows[1] > 0.5 > rows[0] @ rows[2]
    assert not rows[3].any()
    chosen, why = embedder.open_embedder("hashing", Path("unused"))
    assert chosen.name == "hashing-1"
    assert "chosen" in why


def test_auto_takes_the_local_model_and_says_so():
    chosen, why = embedder.open_embedder("auto", sentence_model.folder())
    assert chosen.name == "all-MiniLM-L6-v2"
    assert "all-MiniLM" in why


def test_auto_without_package_and_hub_hashes_and_says_why(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    chosen, why = embedder.open_embedder(
        "auto", tmp_path / "model", package="no_such_package", limit=2
    )
    assert isinstance(chosen, embedder.HashingEmbedder)
    assert "not installed" in why
    assert "hub" in why


def test_local_without_package_fails_and_names_the_setting(tmp_path):
    with pytest.raises(NoModel, match=r"intel\.embedder"):
        embedder.open_embedder("local", tmp_path / "m", package="no_such_package")


def test_a_half_written_model_folder_is_built_anew(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(sentence_model.folder(), folder)
    (folder / "tokenizer.json").unlink()
    embedder.open_embedder("local", folder)
    assert minilm.is_built(folder)
    assert [p.name for p in tmp_path.iterdir()] == ["model"]


def test_importing_the_embedder_loads_no_heavy_library():
    code = (
        "import sys, intel.embedder, intel.index, intel.retrieve, intel.dossier, "
        "intel.drafts; "
        "print([m for m in ('fastembed', 'onnx', 'onnxruntime', 'hnswlib', "
        "'huggingface_hub') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
