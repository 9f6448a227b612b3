"""Families of words for one happening, and which of them are opposites. Pure."""

from collections.abc import Mapping

from intel import words as lists

# Families of words for one happening; stems are whole words here, for certainty.
FAMILIES: Mapping[str, frozenset[str]] = {
    "up": lists.listed(
        "rose rise rises risen rising increase increases increased increasing grew "
        "grow grows grown growing climbed climbs climb lifted lifts angehoben anhebt "
        "hob surged surge surges jumped "
        "jumps jump soared gained doubled doubles doubling tripled expanded "
        "soars soaring rebounded advanced swelled rallied stieg stiegen steigt "
        "gestiegen steigerte gesteigert wuchs wächst gewachsen kletterte erhöhte "
        "erhöht verdoppelte legte zugelegt higher"
    ),
    "down": lists.listed(
        "fell fall falls fallen falling decrease decreases decreased decreasing "
        "dropped drop drops dropping declined declines decline declining shrank "
        "shrinks shrink shrunk lowered lowers lowering gesenkt senkt senkte slumped "
        "slump slumps plunged "
        "plunge plunges tumbled "
        "slipped sank halved halve halves halving plummeted plummets plunging "
        "tumbling slid dwindled retreated reduced reduces reduce reducing reduction "
        "fiel fielen fällt gefallen sank sinkt gesunken "
        "schrumpfte schrumpft geschrumpft verringerte reduzierte halbierte brach "
        "eingebrochen lower"
    ),
    "raise money": lists.listed(
        "raised raises raising fundraise fundraising eingesammelt sammelte sammelt "
        "finanzierungsrunde"
    ),
    "acquire": lists.listed(
        "acquired acquires acquire acquiring acquisition buy buys bought buying "
        "takeover übernahm übernimmt übernommen übernahme kaufte kauft gekauft"
    ),
    "sell": lists.listed(
        "sold sells sell selling sale divested divests divest divests verkaufte "
        "verkauft"
    ),
    "hire": lists.listed(
        "hired hires hiring recruited recruits appointed appoints appoint named "
        "einstellte eingestellt ernannte ernannt berief berufen"
    ),
    "lay off": lists.listed(
        "layoffs layoff fired dismissed redundancies redundant sacked entließ "
        "entlassen entlassungen stellenabbau"
    ),
    "leave": lists.listed(
        "resigned resigns resign stepped quit quits departs departed leaves "
        "zurückgetreten rücktritt"
    ),
    "open": lists.listed("open opened opens opening eröffnete eröffnet"),
    "close": lists.listed(
        "closed closes closing closure shuttered shut shuts schließt schloss "
        "geschlossen"
    ),
    "launch": lists.listed(
        "launched launches launch launching unveiled unveils introduced introduces "
        "stellte vorgestellt startete startet"
    ),
    "end": lists.listed(
        "discontinued discontinues ended ends scrapped scraps cancelled canceled "
        "stopped stops beendet beendete eingestellt eingestampft"
    ),
    "win": lists.listed("won win wins winning gewann gewinnt gewonnen"),
    "lose": lists.listed("lost lose loses losing verlor verliert verloren"),
    "profit": lists.listed("profit profits profitable gewinn gewinne"),
    "loss": lists.listed("loss losses verlust verluste"),
    "approve": lists.listed(
        "approved approves approve approval voted votes genehmigte "
        "genehmigt zugestimmt stimmt"
    ),
    "accept": lists.listed("accepted accepts accept nahm angenommen"),
    "reject": lists.listed(
        "denies denied deny rejected rejects reject rejection refused refuses "
        "abgelehnt lehnte lehnt"
    ),
    "support": lists.listed(
        "supports supported endorses endorsed welcomes welcomed favours favors "
        "unterstützt unterstützte begrüßt begrüßte befürwortet"
    ),
    "oppose": lists.listed(
        "opposes opposed oppose opposing objects objected kritisiert widerspricht"
    ),
    "praise": lists.listed(
        "praised praises praise liked likes loves loved lobte lobt gelobt"
    ),
    "blame": lists.listed(
        "criticised criticises criticized criticizes complained complains dislikes "
        "disliked kritisierte beschwerte beklagte"
    ),
    "pleased": lists.listed("happy pleased satisfied delighted glad zufrieden"),
    "upset": lists.listed(
        "unhappy annoyed dissatisfied frustrated upset angry unzufrieden verärgert"
    ),
    "put off": lists.listed(
        "delayed delays delay postponed postpones postpone deferred verschoben "
        "verschiebt verschob"
    ),
    "bring forward": lists.listed("forward accelerated vorgezogen"),
    "widen": lists.listed("widened widens widening"),
    "narrow": lists.listed("narrowed narrows narrowing"),
    "solve": lists.listed(
        "solved resolved fixed repaired "
        "solves resolves fixes resolve fix behoben gelöst"
    ),
    "unsolved": lists.listed("unresolved unsolved pending ungelöst offen"),
    "improve": lists.listed("improved improves improving improvement verbessert"),
    "worsen": lists.listed("worsened worsens worsening deteriorated verschlechtert"),
    "quicken": lists.listed("faster quicker schneller"),
    "slow": lists.listed("slower slowly slowed slows langsamer langsam"),
    "longer": lists.listed("longer länger"),
    "shorter": lists.listed("shorter kürzer"),
    "stronger": lists.listed("strong stronger strength stark starke"),
    "weaker": lists.listed("weak weaker weakness schwach schwache"),
    "renew": lists.listed("renewed renews verlängert verlängerte"),
    "cancel": lists.listed(
        "cancelled canceled cancels cancel gekündigt kündigte storniert"
    ),
    "add jobs": lists.listed("creates created schafft schaffen entstehen"),
    "cut jobs": lists.listed("streicht streichen gestrichen abbauen abgebaut abbau"),
    "upgrade": lists.listed("upgraded upgrades hochgestuft"),
    "downgrade": lists.listed("downgraded downgrades herabgestuft"),
    "extend": lists.listed("extended extends extending"),
    "shorten": lists.listed("shortened shortens verkürzt"),
    "beat": lists.listed("beat beats exceeded exceeds topped übertraf"),
    "miss": lists.listed("missed misses verfehlte verfehlt"),
    "enable": lists.listed("enabled enables aktiviert"),
    "disable": lists.listed("disabled disables deaktiviert"),
    "sue": lists.listed("sued sues sue suing lawsuit lawsuits klagte verklagt klage"),
}
# Said of a company, these must stand in the evidence in some word of the family.
STRICT = frozenset(
    {
        "up", "down", "acquire", "sell", "lay off", "sue", "win", "lose", "oppose",
        "blame", "bring forward", "add jobs", "accept", "upset", "cancel", "cut "
        "jobs", "unsolved", "extend", "quicken", "support",
    }
)  # fmt: skip
# Other words of the evidence by which such a happening may be told.
IMPLIED: Mapping[str, str] = {
    "up": r"more than (?:in|a|last|the)|\d[^.;]{0,25} (?:more|higher|above)|improv\w+|"
    r"gain(?:s|ed)|rais(?:es|ed)|lift\w*|hik\w+|mehr als|höher\w*",
    "down": r"pa(?:y|ys|id|ying) (?:down|off)|fewer than (?:in|a|last)|weniger als|"
    r"\d[^.;]{0,25} (?:fewer|less|lower|below)|lower\w*|cut(?:s|ting)?|shed\w*|"
    r"eas(?:e|es|ed)|half (?:as|of)|niedriger\w*|savings?|remov\w+",
    "acquire": r"tak(?:e|es|en|ing) over|took over|stake|buyer|buyout|owner|owns",
    "sell": r"sales of|makes|maker of|customers|market(?:s|ed|ing)?|buyer|purchaser|"
    r"stake|disposals?|dispos\w+",
    "lay off": r"la(?:y|ys|id|ying) off|job cuts|cut\w* [^.;]{0,20}jobs|redundan\w+|"
    "los(?:e|t|es) their jobs|"
    r"stellenabbau",
    "sue": r"court|legal action|damages|writ",
    "win": r"pick\w*|chos\w*|choos\w+|select\w*|award\w*|beat\w*|land(?:s|ed)|contract|"
    r"order\w*|secur\w+|tapped|clinch\w*|gain\w*|preferred",
    "lose": r"loss(?:es)? of|beat\w*|defeat\w*|oust\w*|displac\w+|outbid|no longer|"
    "down|without|"
    r"pick\w*|chos\w+|choos\w+",
    "oppose": r"against|reject\w*|resist\w*|refus\w+|criti\w+|dagegen|gegen|lehn\w+",
    "blame": r"complain\w*|criti\w+|"
    r"because|due to|caus\w+|after|poor|bad|slow\w*|unhapp\w+|difficult|hard",
    "bring forward": r"earlier|sooner|ahead of|accelerat\w+|früher",
    "add jobs": r"hir\w+|new (?:jobs|positions|posts)|einstell\w+|"
    r"neue\w* (?:stellen|arbeitspl\w+)",
    "accept": r"agree\w*|approv\w+|yes|consent\w*|sign\w*",
    "upset": r"complain\w*|losing patience|criti\w+|disappoint\w+|ärger\w*",
    "cancel": r"end(?:s|ed|ing)?|terminat\w+|scrap\w*|call(?:s|ed) off|withdr\w+|"
    r"pull\w* out",
    "cut jobs": r"(?:job|stellen)[- ]?(?:cuts?|abbau)|redundan\w+|layoffs?|cutting|"
    r"cuts",
    "unsolved": r"open|waiting|still|again|persist\w*|not|awaits?|remain\w*|once|until|"
    r"subject to|needs?|approv\w+|clearance",
    "extend": r"renew\w*|prolong\w*|longer|option|until|verläng\w+|further|credit|lent",
    "quicken": r"fast\w*|quick\w*|speed\w*|sooner|shorter|from \d[^.;]* to \d|"
    r"accelerat\w+|went down|down from|sav(?:es|ed)|less time|halv\w+",
    "support": r"back(?:s|ed|ing)|approv\w+|welcom\w+|favou?r\w*|agree\w*|help\w*|"
    r"fund\w*|endors\w+|pays?|paid|grant\w*|subsid\w+|financ\w+|gives?|gave",
}
# "Raised" also lifts prices and forecasts, "opened" also doors.
OPPOSITES: Mapping[str, str] = {
    one: other
    for pair in (
        ("up", "down"), ("raise money", "acquire"), ("acquire", "sell"),
        ("hire", "lay off"), ("hire", "leave"), ("open", "close"), ("launch", "end"),
        ("win", "lose"), ("profit", "loss"), ("approve", "reject"),
        ("support", "oppose"), ("praise", "blame"), ("pleased", "upset"),
        ("put off", "bring forward"), ("widen", "narrow"), ("solve", "unsolved"),
        ("improve", "worsen"), ("quicken", "slow"), ("longer", "shorter"),
        ("stronger", "weaker"), ("renew", "cancel"), ("add jobs", "cut jobs"),
        ("upgrade", "downgrade"), ("extend", "shorten"), ("beat", "miss"),
        ("enable", "disable"),
    )
    for one, other in (pair, pair[::-1])
}  # fmt: skip
