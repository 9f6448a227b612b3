"""Tell sentences on who backed a company before, and not now. Pure."""

import re

_ROUNDS = (
    r"(?:(?:rounds?|raises?|financings?|seeds?|pre-seeds?|tranches?)\b|"
    r"(?:seed|pre-seed|angel|Series [A-H]|A|B|C)[\s-](?:round|raise|financing)s?)"
)
_WHICH = r"(?:earlier|previous|prior|preceding|past|first|last|initial|original)"
_WHO = r"(?:investors?|backers?|shareholders?|ones|supporters?|funders?|owners?)"
_THEN = r"(?:also|already|previously|earlier|once|both|all|each)"
_OLD = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:[Pp]ast|[Ff]ormer) {_WHO} (?:are|were|include[sd]?)\b",
        rf"\b(?:[Oo]ther|[Ii]ts|[Tt]heir|[Ee]xisting|[Cc]urrent|[Ee]arlier) {_WHO} "
        r"(?:in|of) (?:the (?:company|firm|start-?up|business)|[A-Z]\w+) (?:also )?"
        r"(?:are|include[sd]?)\b",
        rf"\b{_WHO} (?:in|of|from) (?:the |its |their |an? )?{_WHICH}\s"
        rf"(?:[\w-]+,?\s)?{_ROUNDS}",
        rf"\b(?:had|have|has) (?:all |both |each |also )?(?:invested|backed|funded|"
        rf"put money|supported|bought)\s[^.;]*\b{_WHICH}\s(?:[\w-]+\s)?{_ROUNDS}",
        rf"\bhad (?:{_THEN} )?(?:backed|led|funded|joined|supported) "
        rf"(?:its|the|their)\s[^.;,]*\b(?:{_ROUNDS}|Series [A-H]|seed)",
        rf"\bled the (?:[\w-]+\s)?{_ROUNDS} (?:prior to|before) (?:that|this|it)\b",
        rf"\bled the (?:previous|prior|earlier) {_ROUNDS}",
        r"\b(?:invested|(?:backed|supported|funded|financed) (?:it|the company|them)|"
        r"put money in|came|was in|were in) "
        r"(?:before|previously|earlier|in the past)\b",
        r"\b(?:funded|backed|supported) (?:it|them|the company) in the past\b",
        rf"\bwere (?:in|in on|among those in|part of|there) (?:at |for )?(?:the|its) "
        rf"{_WHICH} {_ROUNDS}|\bwere in at the (?:pre-)?seed\b",
        r"\b(?:passed on|sat|sits|sitting) (?:this one|this round|out)\b|"
        r"\bstayed away\b",
        r"\b(?:cashed out|sold out|meanwhile sold)\b",
        r"\bstill (?:own|owns|hold|holds) (?:shares|stakes|a stake)\b",
        rf"^(?:The|Its|Their|An?) {_WHICH} (?:[\w-]+\s)?"
        rf"(?:{_ROUNDS}|close|part|tranche)\b[^;]*"
        r"\b(?:was|were|had been|came|drew|saw)\b",
        r"^(?:In|Back in|Last|In early|In late) (?:\w+ )?(?:19|20)?\d*[^;.]*\bhad\b",
    )
)
_BRACKETS = re.compile(r"\s?\([^()]*\)")
_RELATIVE = re.compile(
    r",\s(?:(?:all|both|some) of |in |for |to )?(?:which|who|whom)\b[^,;.]*,?"
)
_AGAIN = re.compile(
    r"\b(?:again|too|also|as well|once more|returned|returning|return|back|follow-on|"
    r"follows?|re-?upped|reinvest\w*|doubl\w+|topp\w+|took part|takes? part|"
    r"participat\w+|join\w*|pro[- ]rata|now|this time|today|new|alongside|this round|"
    r"in this|came along|went along|invests|leads?|led by|extension|added to)\b|;",
    re.IGNORECASE,
)


def is_bygone(sentence: str) -> bool:
    """Say whether a sentence names backers of earlier rounds alone."""
    plain = _RELATIVE.sub("", _BRACKETS.sub("", sentence))
    return any(old.search(plain) for old in _OLD) and not _AGAIN.search(plain)
