"""Writes into docs/security.md which attacks are tried, by which tests, how often.

Touches: that page. `python -m tests.security`; `make security` does it. Counted is what
pytest collects: each case of a parametrised test is one try.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- made by make security -->", "<!-- up to here -->"


@dataclass(frozen=True)
class Attack:
    """Who tries what, and the tests that do so: a file, and names or their beginnings.

    Without names all of a file's tests are meant.
    """

    who: str
    what: str
    file: str
    names: tuple[str, ...] = ()

    def holds(self, file: str, name: str) -> bool:
        """Whether a test is one of these."""
        return file == self.file and (not self.names or name.startswith(self.names))


PAGES, FEEDS, TICKETS = "page authors", "feed authors", "ticket writers, callers, mail"
PEOPLE, HOST, MODEL = "workspace members", "neighbours on the host", "the model's end"
THIEF, NET = "whoever has disk or backup", "strangers on the network"
W, C = "tests/sync/web", "tests/sync/connectors"
ATTACKS: Final[tuple[Attack, ...]] = (
    Attack(PAGES, "lead the fetcher to a private address: name, redirect, DNS",
           f"{W}/test_fetch.py",
           ("test_a_redirect_to", "test_a_public_name_with", "test_a_name_that_changes",
            "test_the_connection_goes", "test_robots_txt_counts_where")),
    Attack(PAGES, "mislead by addresses: numbers, credentials, schemes, IPv6",
           f"{W}/test_addresses.py"),
    Attack(PAGES, "exhaust it: bombs, endless bodies, dripping, silence",
           f"{W}/test_fetch.py",
           ("test_a_decompression", "test_bombs", "test_damaged", "test_a_body_that",
            "test_a_large", "test_huge", "test_a_silent", "test_a_server_that_drips",
            "test_an_endless", "test_what_is_not_http", "test_no_server_can")),
    Attack(PAGES, "pass for another site's document", f"{W}/test_ingest.py",
           ("test_a_page_cannot_pass",)),
    Attack(PAGES, "order the bot about in a document",
           "tests/intel/test_hostile.py"),
    Attack(PAGES, "order a model about that obeys", "tests/intel/llm/test_writer.py",
           ("test_what_the_evidence_orders", "test_hostile_words", "test_invisible")),
    Attack(FEEDS, "send entity bombs, nesting, endless feeds, charsets",
           f"{W}/test_feeds.py",
           ("test_entity", "test_a_feed_nested", "test_of_an_endless",
            "test_what_is_no", "test_the_text_survives", "test_markup_in",
            "test_items_without")),
    Attack(FEEDS, "be too large, broken, unreachable", f"{W}/test_ingest.py",
           ("test_too_large", "test_an_unreachable", "test_a_feed_that_is_a_page",
            "test_one_bad_item")),
    Attack(TICKETS, "leave personal data in texts; hang what takes it out",
           "tests/intel/test_redact.py"),
    Attack(TICKETS, "be named in a file of the store after all",
           f"{C}/test_zendesk.py", ("test_no_person_is", "test_a_deleted",
                                    "test_a_wrong_token")),
    Attack(TICKETS, "the same by recordings and transcripts", f"{C}/test_calls.py",
           ("test_nobody_is_named", "test_bad_files", "test_a_file_that_is_too_large",
            "test_a_bad_files_name")),
    Attack(TICKETS, "the same by mail; a server that strips encryption",
           f"{C}/test_mail.py",
           ("test_bodies_and", "test_nobody_can_tell",
            "test_the_connection_is_encrypted", "test_no_command_asks",
            "test_the_password_never", "test_an_encrypted",
            "test_a_wrong_password", "test_an_answer_that", "test_a_greeting")),
    Attack(TICKETS, "reach a letter that leaves the house",
           "tests/intel/test_canaries.py"),
    Attack(TICKETS, "deliver files that are broken or unpack to far more",
           f"{C}/test_usage_parquet.py", ("test_a_file_that", "test_a_bad_row")),
    Attack(PEOPLE, "break it by names, markup, addresses in a row",
           "tests/flows/test_bad_input.py",
           ("test_markup", "test_a_row_of_any_name", "test_an_address_that")),
    Attack(PEOPLE, "have links written that are none",
           "tests/sync/notion/test_wire.py",
           ("test_only_safe", "test_rich_text_keeps")),
    Attack(PEOPLE, "have the bot write where it has no business",
           "tests/sync/notion/test_client.py",
           ("test_writes_outside", "test_texts_of")),
    Attack(PEOPLE, "have a spreadsheet compute what an export holds",
           "tests/sync/export/test_export.py", ("test_every_text_a_spreadsheet",)),
    Attack(NET, "forge and repeat webhooks", "tests/sync/notion/test_webhooks.py"),
    Attack(NET, "the same against the running server", "tests/flows/test_webhooks.py",
           ("test_an_unsigned", "test_the_same_event")),
    Attack(NET, "send another site's form to the sandbox",
           "tests/sync/sandbox/ui/test_web.py",
           ("test_another_site", "test_hostile_words")),
    Attack(MODEL, "lie: numbers, names, dates that no evidence has",
           "tests/intel/llm/test_writer.py", ("test_lies", "test_a_label_of")),
    Attack(MODEL, "the same in letters", "tests/intel/llm/test_letters.py",
           ("test_sentences_that", "test_a_subject_that", "test_nothing_internal",
            "test_internal_evidence")),
    Attack(MODEL, "learn more than it needs", "tests/intel/llm/test_writer.py",
           ("test_the_model_sees", "test_what_was_said_inside")),
    Attack(MODEL, "answer nonsense, or nothing", "tests/intel/llm/test_model.py",
           ("test_an_unreadable", "test_twice", "test_a_refusal", "test_a_wrong_key",
            "test_trying_ends")),
    Attack(HOST, "read store, log, index, backups", "tests/bot/test_private.py"),
    Attack(HOST, "read keys in command lines, in a child, in crash output, in any file",
           "tests/flows/test_secrets.py"),
    Attack(HOST, "read keys in logs", "tests/bot/test_telemetry.py",
           ("test_what_has_no_place", "test_a_secret_is", "test_what_is_called",
            "test_secrets_hide", "test_every_secret", "test_words_of")),
    Attack(HOST, "find a secret in the settings file", "tests/bot/test_config.py",
           ("test_a_secret_in", "test_a_password_in", "test_a_providers_key",
            "test_mail_that_would")),
    Attack(THIEF, "read an encrypted store or backup; use a wrong key",
           "tests/bot/test_backup.py", ("test_an_encrypted_store",)),
    Attack(THIEF, "pass off a damaged or foreign backup",
           "tests/bot/test_backup_broken.py"),
    Attack(THIEF, "bring back by a backup whoever was forgotten",
           "tests/bot/test_backup.py", ("test_whoever_was",)),
    Attack(THIEF, "find somebody forgotten in any file", "tests/flows/test_forget.py",
           ("test_a_company_leaves", "test_a_person", "test_receipts",
            "test_tickets_past")),
    Attack(HOST, "see or change more on Postgres than their role may",
           "tests/bot/test_roles.py"),
    Attack(HOST, "write to the usage database by its query", f"{C}/test_usage_sql.py",
           ("test_nothing_but", "test_postgres_writes", "test_a_bad_address",
            "test_a_query_that_does", "test_a_wrong_password")),
)  # fmt: skip


def collected(files: list[str]) -> Counter[tuple[str, str]]:
    """Have pytest say which tests there are, and count the cases of each."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "--store=sqlite",
         "-p", "no:cacheprovider", *files],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.findall(r"^(tests/\S+?\.py)::(\w+)", done.stdout, re.MULTILINE)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return Counter(found)


def counted(attack: Attack, cases: Mapping[tuple[str, str], int]) -> int:
    """How many cases there are of an attack."""
    return sum(n for (file, name), n in cases.items() if attack.holds(file, name))


def table(cases: Mapping[tuple[str, str], int]) -> str:
    """Write the table as Markdown. Pure."""
    return "\n".join(_lines(cases))


def _lines(cases: Mapping[tuple[str, str], int]) -> Iterator[str]:
    yield "| who | tries to | tests | cases |"
    yield "|---|---|---|---|"
    total: Counter[str] = Counter()
    for attack in ATTACKS:
        count = counted(attack, cases)
        total[attack.who] += count
        yield (
            f"| {attack.who} | {attack.what} | [{Path(attack.file).name}]"
            f"(../{attack.file}) | {count:,} |"
        )
    yield f"| all | | | **{total.total():,}** |"


def split(page: str) -> tuple[str, str, str]:
    """Part the page into what stands before, in and behind the table. Pure."""
    before, _, rest = page.partition(BEGIN)
    inside, _, behind = rest.partition(END)
    return before, inside.strip(), behind


def main() -> None:
    """Count anew, and write the page."""
    before, _, behind = split(PAGE.read_text(encoding="utf-8"))
    made = table(collected(sorted({attack.file for attack in ATTACKS})))
    PAGE.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{behind}", encoding="utf-8")


if __name__ == "__main__":
    main()
