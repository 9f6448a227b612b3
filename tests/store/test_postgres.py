"""What only Postgres does."""

from store.store import Store


def test_each_test_has_an_empty_store_of_its_own(postgres_url: str, now):
    store = Store.open(postgres_url)
    assert store.orgs.all() == []
    store.notes.put("seen", {"ü": [1, None]}, now)
    assert store.notes.get("seen") == {"ü": [1, None]}
    store.close()
