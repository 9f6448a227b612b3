import numpy as np
import pytest

from intel import index
from intel.embedder import HashingEmbedder, normalised
from intel.errors import StaleIndex


class Other(HashingEmbedder):
    name = "another"


MAKER = HashingEmbedder()


def rows(count: int, seed: int = 1):
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(20, MAKER.dim))
    chosen = centres[rng.integers(0, 20, count)]
    noise = rng.normal(size=(count, MAKER.dim))
    return normalised((chosen + noise).astype(np.float32))


def filled(path, count, **options):
    made = index.Index(path, "acme", MAKER, **options)
    made.add([f"s{n}" for n in range(count)], rows(count))
    return made


def test_small_indexes_answer_exactly(tmp_path):
    made = filled(tmp_path, 300)
    query = rows(1, seed=9)[0]
    best = np.argsort(-(rows(300) @ query))[:5]
    assert [hit.snippet_id for hit in made.search(query, 5)] == [f"s{n}" for n in best]


def test_large_indexes_miss_almost_nothing(tmp_path):
    exact = filled(tmp_path, 3000, exact_below=10_000)
    graph = filled(tmp_path, 3000, exact_below=0)
    found = wanted = 0
    for query in rows(50, seed=5):
        truth = {hit.snippet_id for hit in exact.search(query, 10)}
        found += len(truth & {hit.snippet_id for hit in graph.search(query, 10)})
        wanted += len(truth)
    assert found / wanted >= 0.95


@pytest.mark.parametrize("exact_below", [0, 1000])
def test_what_was_removed_is_not_found_and_survives_saving(tmp_path, exact_below):
    made = filled(tmp_path, 200, exact_below=exact_below)
    query = rows(200)[7]
    assert made.search(query, 1)[0].snippet_id == "s7"
    made.remove(["s7", "unknown"])
    made.save()
    again = index.load(tmp_path, "acme", MAKER, exact_below=exact_below)
    assert len(again) == 199
    assert "s7" not in {hit.snippet_id for hit in again.search(query, 199)}
    again.add(["s7"], query.reshape(1, -1))
    assert again.search(query, 1)[0].snippet_id == "s7"


def test_many_removals_shrink_the_index(tmp_path):
    made = filled(tmp_path, 400)
    made.remove([f"s{n}" for n in range(300)])
    assert made.search(rows(400)[350], 1)[0].snippet_id == "s350"
    assert made.ids == {f"s{n}" for n in range(300, 400)}


def test_adding_again_changes_nothing(tmp_path):
    made = filled(tmp_path, 10)
    made.add(["s1", "new", "new"], rows(3, seed=4))
    assert len(made) == 11
    assert np.allclose(made.rows(["s1"])[0], rows(10)[1], atol=1e-6)


def test_no_file_is_an_empty_index(tmp_path):
    assert index.load(tmp_path, "acme", MAKER).search(rows(1)[0], 3) == ()


def test_an_index_of_another_embedder_is_stale(tmp_path):
    filled(tmp_path, 10).save()
    with pytest.raises(StaleIndex, match="another"):
        index.load(tmp_path, "acme", Other())


@pytest.mark.parametrize("pattern", ["*.hnsw", "*.json"])
def test_a_damaged_file_is_stale(tmp_path, pattern):
    filled(tmp_path, 10).save()
    path = next(tmp_path.glob(pattern))
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(StaleIndex, match="acme"):
        index.load(tmp_path, "acme", MAKER)


def test_saving_leaves_two_files_and_no_scraps(tmp_path):
    made = filled(tmp_path, 10)
    made.save()
    made.add(["more"], rows(1, seed=3))
    made.save()
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".hnsw", ".json"]
    assert "more" in index.load(tmp_path, "acme", MAKER).ids


def test_what_was_removed_is_not_in_the_file(tmp_path):
    made = filled(tmp_path, 60)
    made.save()
    (before,) = tmp_path.glob("*.hnsw")
    gone = rows(60)[7].tobytes()
    assert gone in before.read_bytes()
    made.remove(["s7"])
    made.save()
    (after,) = tmp_path.glob("*.hnsw")
    assert gone not in after.read_bytes()
    assert "s7" not in (tmp_path / "acme.json").read_text()
    assert len(index.load(tmp_path, "acme", MAKER)) == 59


def test_an_index_that_is_forgotten_leaves_no_file_and_others_stay(tmp_path):
    filled(tmp_path, 5).save()
    other = index.Index(tmp_path, "acme-labs", MAKER)
    other.add(["s0"], rows(1))
    other.save()
    index.forget(tmp_path, "acme")
    assert {path.name.partition(".")[0] for path in tmp_path.iterdir()} == {"acme-labs"}
