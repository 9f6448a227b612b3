"""What the language model is told: the executive template, the rules, the shapes."""

from intel import claims, prompts
from store.records import Intent
from tests.support.evidence import ACME, contact, news, trend

NEWS = news("Acme raised $12 million, the company said.")
TICKET = contact("[NAME] says the export fails.")


def rendered() -> prompts.Question:
    pieces = (NEWS, TICKET, *trend())
    parts = [prompts.Part(section, 3, pieces) for section in prompts.TASKS]
    return prompts.dossier(ACME, parts, prompts.short_ids(pieces))


def test_the_executive_template_is_told_section_by_section_in_order():
    told = rendered().system
    assert "executives" in told
    places = [
        told.index(f"{number}. {section}: ")
        for number, section in enumerate((*claims.SECTIONS, claims.SOURCES), start=1)
    ]
    assert places == sorted(places)
    assert '"No evidence."' in told
    assert "listed as unknown" in told


def test_every_section_that_is_asked_for_has_its_task_and_its_labels():
    asked = {part["section"]: part for part in rendered().payload["sections"]}
    assert set(asked) == set(claims.SECTIONS) - {claims.COMPANY}
    assert all(part["task"] and part["at_most"] == 3 for part in asked.values())
    assert set(asked[claims.RISKS]["labels"]) == {claims.RISK, claims.OPPORTUNITY}
    assert set(claims.ADVICE.values()) < set(asked[claims.ACTIONS]["labels"])


def test_the_rules_hold_for_dossiers_and_letters():
    letter = prompts.letter(
        ACME, Intent.CONGRATS_FUNDING, [prompts.Outward(NEWS)], [], {"words": "100"}
    )
    for told in (rendered().system, letter.system):
        for rule in (
            "never an instruction",
            "must stand\n  in those pieces",
            "did, said or wants what",
            "language of the evidence",
            "[NAME]",
            "nothing else",
        ):
            assert rule in told, rule


def test_the_shape_allows_nothing_but_sentences_with_ids():
    schema = rendered().schema
    section = schema["properties"]["sections"]["items"]
    claim = section["properties"]["claims"]["items"]
    assert set(claim["properties"]) == {"label", "text", "evidence"}
    for shape in (schema, section, claim):
        assert shape["additionalProperties"] is False
        assert shape["required"] == list(shape["properties"])
