"""Verification holds its bars on the pairs kept apart, and seeded faults are false."""

import pytest

from tests.eval import faults, injections, report, support

EVIDENCE = (
    "Acme hired 40 people in Leeds on 3 May 2026, Priya Lal said. It did not close."
)


@pytest.mark.parametrize("run", [support.run, injections.run])
def test_what_is_asked_of_held_cases_is_held(run):
    assert report.missed([run("held")]) == []


def test_seeded_faults_change_one_thing_that_the_evidence_does_not_have():
    claim = "Acme hired 40 people in Leeds on 3 May 2026."
    seeded = faults.seed(claim, EVIDENCE, ["2026-05-04"])
    assert {fault.kind for fault in seeded} == {"number", "name", "date", "negation"}
    assert all(fault.claim != claim for fault in seeded)
    assert not [fault for fault in seeded if fault.claim in EVIDENCE]
    assert "Acme did not hire 40 people in Leeds on 3 May 2026." in {
        fault.claim for fault in seeded
    }
    assert not [f for f in seeded if f.kind == "date" and " 4 May" in f.claim]


def test_equal_claims_give_equal_faults():
    claim = "Acme hired 40 people in Leeds."
    assert faults.seed(claim, EVIDENCE, []) == faults.seed(claim, EVIDENCE, [])
