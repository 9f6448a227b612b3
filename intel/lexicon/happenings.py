"""The words by which a headline shows what happened, English and German. Pure.

Each table entry is one turn of phrase; the first that matches counts. The keys are the
values of `intel.kinds.Happening`, in the order in which a tie is decided.
"""

import re


def _any(*lines: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(lines)})", re.IGNORECASE)


_MONEY = r"(?:[$€£]|US-Dollar|(?:\d[\d.,]*|\w+) ?(?:m|mn|bn|million|millionen|mio)\b)"
_ROLE = (
    r"(?:chief|c[efotmip]o\b|chair|head\b|president|director|board|executive|officer"
    r"|\w*chef(?:in)?\b|\w*vorst[aä]nd|\w*aufsichtsr[aä]t|geschäftsführ|boss|founder"
    r"|gründer|leiter|managing|general counsel|spitze|partner\b|leader)"
)
SIGNS = {
    "layoffs": _any(
        r"(?:pink slips|job losses|downsiz\w+|headcount reduction|workforce reduction"
        r"|voluntary (?:exit|redundanc|buyout)\w*|restructuring (?:\w+ ){0,4}jobs)",
        r"(?:jobs|roles|positions|posts) (?:\w+ ){0,3}(?:at risk|to go|cut|axed|lost"
        r"|eliminated|under threat)",
        r"(?:stellen|jobs|arbeitsplätze|beschäftigte\w*|mitarbeiter\w*)"
        r" (?:[\w.,-]+ ){0,5}(?:fallen weg|wegfallen|müssen gehen|verlieren"
        r"|gehen müssen|vor dem aus|bedroht|gefährdet)",
        r"(?:fallen|fällt) (?:[\w.,-]+ ){0,6}(?:stellen|jobs|arbeitsplätze)\w* weg"
        r"|sozialplan|freiwilligenprogramm|kurzarbeit"
        r"|setzt (?:[\w.,-]+ ){1,5}vor die tür",
        r"plant closure|closes? (?:its )?(?:factory|plant) (?:with|costing)"
        r"|werkschließung|schließt (?:[\w.,-]+ ){0,3}(?:werk|standort)\w*",
        r"lay-?offs?\b(?! veteran)",
        r"la(?:y|ys|id|ying) off\b",
        r"(?:job|staff|headcount|workforce) (?:cuts?|reductions?)\b",
        r"(?:cut|cuts|cutting|shed|sheds|axe|axes|axing|eliminat\w+|slash\w*|drop\w*"
        r"|trim\w*"
        r"|shrink\w*|reduc\w+) (?:[\w,.%']+ ){0,5}"
        r"(?:jobs?|staff|workforce|roles|positions|posts|headcount|employees|workers)"
        r"\b",
        r"redundanc\w+",
        r"made redundant",
        r"(?:let|lets|letting) (?:[\w,.%]+ ){1,6}go\b",
        r"(?:dismiss\w*|sack\w*|fires?|fired|firing) (?:[\w,.%]+ ){0,3}"
        r"(?:workers|employees|staff|people)\b",
        r"(?:streich\w*|gestrichen)\b(?=.{0,60}(?:stellen|jobs|arbeitsplätze|posten))",
        r"(?:stellen|jobs|arbeitsplätze) (?:\w+ ){0,4}(?:streichen|abbauen|gestrichen"
        r"|weg|ab)\b",
        r"\w*(?:stellen|job|personal|arbeitsplatz)(?:abbau|streichung)\w*",
        r"(?:baut|bauen) (?:[\w,.]+ ){1,6}(?:stellen|jobs|arbeitsplätze) ab",
        r"entl(?:ässt|assungen|assen)\b",
        r"kündigungswelle",
        r"massenentlassung\w*",
        r"beschäftigte(?:n)? (?:sind )?betroffen",
        r"trennt sich von (?:[\w,.]+ ){0,4}(?:mitarbeiter|beschäftigte)\w*",
    ),
    "incident": _any(
        r"(?:is|are|was|were|goes|went|been) down\b|down for (?:\w+ ){0,3}(?:users"
        r"|hours|customers)|service (?:was |has been |is )?restored",
        r"(?:was|were|been|are|is) (?:\w+ )?(?:exposed|leaked|stolen|compromised"
        r"|breached|hacked|encrypted)",
        r"(?:open|unsecured|unprotected|misconfigured|public) (?:server|database"
        r"|bucket)|found on (?:the )?(?:dark web|open)",
        r"(?:glitch|bug|malfunction|power failure|blackout|spill|evacuat\w+"
        r"|injur(?:ed|ies|es)|collapse[sd]?)\b",
        r"(?:could|can) (?:not|no longer) be (?:started|reached|accessed|opened|used)"
        r"|(?:unable|not able|struggle|struggled) to (?:log|access|pay|connect|call)",
        r"(?:groß)?(?:brand|feuer) (?:zerstört|vernichtet|ausgebrochen|bei|in)"
        r"|großbrand|großfeuer|\w*unfall\b|verletzte?\b|evakuiert",
        r"(?:it|technik|software|server|system)-?(?:panne|fehler|probleme|störung"
        r"|ausfall)\w*|(?:kunden)?daten (?:[\w.,-]+ ){0,5}(?:gestohlen|abgeflossen"
        r"|offen|im netz|erbeutet|veröffentlicht)",
        r"(?:nichts|gar nichts) geht mehr|stillstand|steht still|warn(?:t|s|ing|en"
        r"|ung)? (?:[\w.,-]+ ){0,4}(?:vor|of|about) (?:[\w-]+ ){0,3}(?:fake|phishing"
        r"|betrug|betrüger|scam|gefälscht)",
        r"ransom\b|lösegeld|erpress\w+|ddos",
        r"outages?\b",
        r"(?:goes|went|going|knocked|take[ns]?|taking|took) (?:\w+ ){0,5}(?:down"
        r"|offline|dark)\b",
        r"unavailable\b",
        r"(?:data|security|privacy) (?:breach|leak|incident|theft)\w*",
        r"breach(?:es|ed)?\b(?! of contract)",
        r"(?:was |were |been |gets? |got )?hack(?:ed|ers?|s)\b",
        r"cyber-? ?(?:attack|incident)\w*",
        r"ransomware",
        r"malware",
        r"phishing",
        r"vulnerabilit\w+",
        r"zero-day",
        r"recall(?:s|ed|ing)?\b",
        r"call(?:s|ed|ing) back\b",
        r"explo(?:sion|des?)\b",
        r"(?:fire|blaze|leak|accident|derail\w+) (?:at|in|hits|destroys|damages|on)\b",
        r"(?:fails|failed|crash(?:es|ed)) (?:on|after|during|for)\b",
        r"disrupt(?:s|ed|ion)\b(?! by design)",
        r"(?:lose|loses|lost) (?:customer |user )?(?:data|edits|files)",
        r"stole(?:n)? (?:\w+ ){0,3}(?:data|records|details|passwords)",
        r"(?:data|records|details|passwords|logs) (?:of [\w&' ]+ )?(?:\w+ )?(?:stolen"
        r"|exposed|leaked)",
        r"exposed (?:\w+ ){0,3}(?:data|records|details)",
        r"\w*störung(?:en)?\b",
        r"(?:total|netz|server|strom|system|it-|strom)?ausf(?:all|älle)\b",
        r"ausgefallen",
        r"\w*panne\b",
        r"\w*datenleck\w*",
        r"\w*datenpanne\w*",
        r"(?:hacker|cyber)-?(?:angriff|attacke)\w*",
        r"\w*sicherheitslücke\w*",
        r"rückruf\w*",
        r"ruft (?:[\w.,-]+ ){0,6}zurück",
        r"(?:legt|gelegt) (?:[\w.,-]+ ){0,6}lahm",
        r"lahmgelegt",
        r"nicht (?:mehr )?erreichbar",
        r"(?:groß)?brand (?:bei|in|im)\b",
        r"betrüger\b",
    ),
    "legal": _any(
        r"bankrupt\w*|insolven\w*|chapter (?:11|7)\b|receivership|goes bust\b"
        r"|gone bust",
        r"(?:enters|enter|into|in) administration\b|\w*insolvenz\w*|\w*pleite\b",
        r"kläger\w*|beklagte\w*|verklagt\b|prozess(?:auftakt|beginn)?\b(?= (?:gegen"
        r"|um|wegen))|vor gericht\b|einstweilige\w*|unterlassung\w*",
        r"(?:ftc|sec|doj|cma|bafin|eu|european|federal|justice department|competition"
        r"|data protection|antitrust|privacy) (?:\w+ ){0,3}(?:opens|sues|orders|fines"
        r"|probes?|investigat\w+|charges|accuses|complaint|ruling)",
        r"(?:judge|court|tribunal|jury) (?:\w+ ){0,3}(?:rules?|orders?|blocks?"
        r"|dismiss\w*|rejects?|finds?|sides?|throws|tosses|approves?)|ruling\b",
        r"prosecutors?|subpoena\w*|allegations?|legal (?:action|battle|dispute"
        r"|challenge)|charged with|plaintiffs?|complaint (?:filed|against)"
        r"|files? (?:suit|complaint)",
        r"dsgvo|gdpr (?:fine|breach|violation|complaint)|datenschützer\w*"
        r"|verbraucher(?:schützer|zentrale)\w* (?:\w+ ){0,3}(?:klag|mahn|verklag)\w*"
        r"|rechtsstreit\w*|anklage\w*|razzia\w*",
        r"(?:sues?|sued|suing)\b",
        r"law-?suits?\b",
        r"(?:high |supreme |district |federal |appeals )?courts?\b",
        r"on trial\b|trials? (?:against|over|opens|begins|starts)",
        r"jur(?:y|ors)\b",
        r"verdicts?\b",
        r"judges? ",
        r"(?:fines|fined)\b|fine (?:of|over|for)\b|\w*-euro fine|penalt(?:y|ies)\b",
        r"anti-?trust",
        r"(?:probe|inquiry|investigation|investigates?)\b(?! (?:team|mode))",
        r"settle(?:s|d|ment)\b",
        r"class[- ]action",
        r"patents?\b (?:case|suit|claim|dispute|infring)",
        r"infring\w+",
        r"injunctions?\b",
        r"indict\w+",
        r"pleads? guilty",
        r"regulators? (?:\w+ ){0,3}(?:fine|order|probe|ban|block|warn|rebuke|accuse)"
        r"\w*",
        r"(?:banned|bans) (?:from|in|by)\b",
        r"(?:ver)?klag(?:t|en|te|e)\b",
        r"\w*klagen?\b(?= |$|:|,)",
        r"\w*gericht(?:shof|e|s|sverfahren)?\b",
        r"gerichtlich\w*",
        r"bußgeld\w*",
        r"geldstrafe\w*|strafzahlung\w*|(?:millionen|milliarden|rekord)strafe\w*",
        r"kartell(?:amt|verfahren|strafe)\w*",
        r"urteil\w*",
        r"ermittl(?:ungen|ungsverfahren|er|eln|elt)\b",
        r"patent(?:klage|streit|verletzung)\w*",
        r"sammelklage\w*",
        r"staatsanwalt\w*",
        r"abmahn\w*",
        r"(?:aufsicht|bafin|behörde) (?:\w+ ){0,3}(?:rügt|verhängt|untersagt|ermahnt)",
        r"(?:rügt|verhängt|untersagt)\b",
    ),
    "acquisition": _any(
        r"(?:raises|increases|ups|builds|takes|buys|sells|acquires|holds)"
        r" (?:[\w.,%-]+ ){0,4}(?:stake|holding) in\b",
        r"(?:stockt|erhöht|baut|hält|kauft|verkauft) (?:[\w.,%-]+ ){0,5}(?:anteil"
        r"|beteiligung)\w*|mehrheitsbeteiligung"
        r"|steigt (?:[\w.,%-]+ ){0,3}(?:bei (?-i:[A-ZÄÖÜ])\w+ )?ein\b(?=[.,]| und|$)",
        r"takeover (?:bid|offer|battle|target)|übernahme(?:angebot|schlacht|kampf"
        r"|ziel|gespräche)\w*|(?:hostile|friendly) (?:bid|offer)",
        r"(?:in|under) new (?:ownership|hands)|new owner|neuer eigentümer"
        r"|wird verkauft|geht an (?-i:[A-ZÄÖÜ])",
        r"(?:add|adds|takes|absorbs|folds in) (?:[\w'’-]+ ){0,4}(?:in|by|through)"
        r" (?:an? )?(?:acquisition|takeover|purchase)",
        r"joins? forces under one roof|becomes? part of (?-i:[A-Z])|spins? off"
        r"|spin-off|abspaltung|divests?|divestiture",
        r"(?:deal|purchase|sale|transaction) (?:worth|valued at|for) [$€£\d]",
        r"acqui(?:res?|ring)\b",
        r"(?:has|have|been|was|were|is|being|agreed to be) acquired\b|acquired by\b",
        r"acquisition (?:of|by|deal)\b",
        r"(?:to buy|buys|buying|bought|being bought|kauft|erwirbt)"
        r" (?:by )?(?:[\w'’$€.-]+ ){0,4}"
        r"(?:start-?up|maker|firm|company|rival|app|business|unit|stake|group|lab"
        r"|studio"
        r"|platform|agency|anteil\w*|firma|konkurrent\w*|anbieter|mehrheit\w*)\b",
        r"(?:to buy|buys|has bought|kauft) (?-i:[A-Z])\w+(?= (?:for|in|from|für|in)\b"
        r"|$|\.)",
        r"snaps? up\b|snapped up\b|gobbles? up|swoops? (?:on|for)",
        r"tak(?:es|ing|en|e) over\b|took over\b(?! in| as)",
        r"takeovers?\b|take-over\b",
        r"merge[rs]?\b|merging\b|merged with",
        r"buy-?outs?\b",
        r"purchase of (?:\w+ ){0,3}(?:company|maker|firm|business)",
        r"(?:sells|sold|verkauft) (?:[\w'-]+ ){1,5}(?:to|an) (?-i:[A-Z])",
        r"übernimmt\b(?! (?:den|die|das)? ?(?:vorsitz|leitung|amt|posten|führung"
        r"|kosten|aufgabe))",
        r"\w*übernahme\b(?! (?:der kosten|von verantwortung|des amt))",
        r"übernommen (?:von|worden)",
        r"fusion\w*|fusionier\w*",
        r"schluckt\b",
        r"zusammenschluss",
    ),
    "funding": _any(
        r"(?:pours?|puts?|inject(?:s|ed)?|plough(?:s|ed)?|plow(?:s|ed)?|pump(?:s|ed)?"
        r"|commits?|bets?) (?:another |about |over "
        r"|up to )?[$€£]?\d[\w.,]* ?\w* (?:in|into|on)\b",
        r"invest(?:s|ed|iert|ieren|ierte)? (?:[\w.,$€£-]+ ){1,6}in(?:to)?\b",
        r"(?:millionen|milliarden|mio\.?)(?:[ -]\w+)?[ -](?:investition|investment"
        r"|spritze|finanzierung|runde)\w*",
        r"(?:million|millionen|mio\.?|[mb]n?)(?: euro| dollar| dollars)? (?:für|for)"
        r" (?:the |das |den |die |a )?(?:[\w'-]+ ){0,3}(?:start-?up|scale-?up|fintech"
        r"|insurtech|company|app|maker)\b",
        r"(?:capital|cash) (?:injection|raise|increase)|kapitalerhöhung\w*"
        r"|kapitalspritze\w*",
        r"(?:oversubscribed|extension|bridge|growth|late-stage|pre-ipo) round",
        r"millionenfinanzierung|millioneninvestment|finanzspritze|geldgeber stecken",
        r"series[ -][a-h]\d?\b|serie[ -][a-h]\b",
        r"(?:pre-)?seed[ -](?:round|funding|money|investment|runde|finanzierung"
        r"|extension)",
        r"(?:funding|financing|investment|growth|venture|equity) round\b",
        r"finanzierungsrunde\w*|kapitalrunde\w*|wachstumskapital|wagniskapital\w*",
        r"(?:round|runde) (?:was |wurde )?(?:co-)?(?:led|angeführt)\b|angeführt wurde",
        rf"(?:rais(?:es|ed|ing|e)|secur(?:es|ed|e)|clos(?:es|ed)|land(?:s|ed)|bag(?:s"
        rf"|ged)"
        rf"|nab(?:s|bed)|net(?:s|ted)|pull(?:s|ed) in|attract(?:s|ed)|receiv(?:es|ed)"
        rf"|gets?"
        rf"|scores?|banks) (?:another |about |a |an |over |nearly |more than "
        rf"|some )*{_MONEY}"
        r"(?!.{0,40}\b(?:contract|order|profit|revenue|forecast|guidance|dividend"
        r"|fine|loan"
        r"|auftrag|umsatz|prices?|wages?|charity|donat))",
        rf"(?:sammelt|erhält|bekommt|sichert sich|holt sich|nimmt)"
        rf" (?:[\w.,-]+ ){{0,4}}{_MONEY}"
        r"(?!.{0,40}(?:auftrag|umsatz|strafe|fördermittel))",
        r"(?:sammelt|holt) (?:[\w.,-]+ ){0,5}(?:millionen|mio\.?|milliarden?)"
        r"\b.{0,30}\bein\b",
        r"eingesammelt\b",
        r"frisches kapital|fresh (?:capital|funding|cash)",
        r"(?:backing|investment|money|cash|millionen|million)"
        r" (?:\w+ )?from (?:\w+ ){0,3}"
        r"(?:investors?|backers?|capital|ventures)",
        r"(?:makes|wird|becomes|zum|now a|is a) (?:\w+ ){0,3}unicorn|einhorn\b",
        r"valued at (?:[$€£]|a |over|more|\d)|bewertet mit|bewertung von",
        r"existing (?:backers?|investors?)",
    ),
    "leadership": _any(
        r"replaces? (?:its |the |her |his )?(?:\w+ ){0,3}(?:chief|ceo|cfo|cto|boss"
        r"|head|chair|president)\w*",
        r"(?:returns?|returning|tapped|chosen|picked|set|hired|promoted) to (?:run"
        r"|lead|head|chair)\b",
        r"to (?:run|lead|head|chair) (?:the )?(?:[\w'’-]+ ){0,3}(?:company|business"
        r"|group|unit|finances|team|board|division|operations)",
        r"(?:named|made|becomes|became|appointed|as|promoted to) (?:its |the |new "
        r"|next )?(?:interim |group |global |deputy |co-)?(?:chief|ceo|cfo|cto|coo"
        r"|cmo|chair|president|managing director|head of)\b",
        r"(?:chef|chefin|vorstand|vorständin|ceo|cfo|geschäftsführer"
        r"|geschäftsführerin)\w* (?:[\w.,-]+ ){0,4}(?:ab|zurück|aus|auf)\b(?=$|[.!?])",
        r"\w*(?:chef|chefin|vorstand|vorständin|geschäftsführerin?|finanzchefin?)"
        r"\b (?:[\w.,-]+ ){0,5}(?:abgelöst|entlassen|freigestellt|gefeuert"
        r"|ausgetauscht|berufen|ernannt|bestätigt)",
        r"(?:folgt|nachfolge) (?:[\w.,-]+ ){0,6}(?:auf|von|an)\b (?-i:[A-ZÄÖÜ])\w+",
        r"(?:tritt|treten|trat|traten) (?:[\w.,-]+ ){0,6}(?:zurück|ab)\b",
        r"(?:wechselt|rückt) (?:[\w.,-]+ ){0,5}(?:in den|zum|zur|an die|als)\b",
        r"an (?:die|der) (?:konzern|firmen|unternehmens)?spitze\b|führt künftig"
        r"|übernimmt (?:den|die|das) (?:vorsitz|leitung|amt|posten|führung|spitze"
        r"|ruder)",
        r"board (?:shake-?up|reshuffle|appointment|ousts)|ousts?\b"
        r"|fires? (?:its )?(?:ceo|chief|boss)",
        rf"(?:names?|named|appoint(?:s|ed)?|hires?|hired|promot(?:es|ed)|taps"
        rf"|poach(?:es|ed)"
        rf"|elects?|elected|re-?elects?|nominat(?:es|ed)|picks|installs)"
        rf" (?:[\w'’.,&-]+ ){{0,8}}{_ROLE}",
        rf"{_ROLE}\w* (?:[\w'’.,&-]+ ){{0,5}}(?:steps? down|stepping down|step down"
        rf"|resigns?|resigned"
        r"|quits?|departs?|departure|leaves?|leaving|to leave|retires?|retiring"
        r"|ousted|exits?|out\b"
        r"|to go\b|stands? down)",
        rf"(?:steps? down|stepping down|resigns?|resigned|retires?|ousted|quits?)"
        rf" (?:[\w'’.,&-]+ ){{0,3}}"
        rf"as (?:[\w'’.,&-]+ ){{0,4}}{_ROLE}",
        rf"(?:joins|joined|takes over|took over|returns)"
        rf" (?:[\w'’.,&-]+ ){{0,6}}as (?:[\w'’.,&-]+ ){{0,4}}{_ROLE}",
        rf"new (?:\w+ ){{0,3}}{_ROLE}",
        r"succeeds? (?-i:[A-Z])\w+|successor\b|succession",
        rf"(?:ernennt|beruft|holt|nominiert|befördert|bestellt|verpflichtet|wählt)"
        rf" (?:[\w.,-]+ ){{0,8}}{_ROLE}",
        rf"(?:neue[rnm]?) (?:\w+-)?{_ROLE}\w*",
        rf"{_ROLE}\w* (?:[\w.,-]+ ){{0,6}}(?:verlässt|geht|tritt zurück|hört auf"
        rf"|nachfolge|wechselt|bleibt|tritt ab)\b",
        rf"(?:wird|werden) (?:[\w.,-]+ ){{0,5}}{_ROLE}",
        r"führungswechsel|chefwechsel|vorstandswechsel|rücktritt\w*|zurückgetreten"
        r"|abberufen",
        r"legt (?:\w+ ){0,4}(?:amt|mandat|posten)",
        r"nachfolger(?:in)?\b|zweite amtszeit|second term",
        r"reshuffle|shake-?up at the top",
    ),
    "product": _any(
        r"(?:adds|added|brings|brought|gives|gets|introduces|ships|shipped|offers"
        r"|enables|expands) (?:[\w'’-]+ ){1,5}(?:to|for|into)\b(?! (?:board|team"
        r"|staff|lawsuit|pressure|court))",
        r"(?:presents|reveals|previews|showcases|shows off|teases|debuts)"
        r" (?:[\w'’-]+ ){0,4}",
        r"(?:mi?sst|kann|können|lässt|lassen|bietet|unterstützt|erkennt|zeigt|erlaubt"
        r"|bekommt|erhält|kriegt) (?:[\w'’-]+ ){0,4}(?:künftig|jetzt|nun|ab sofort)\b",
        r"(?:künftig|jetzt|nun|ab sofort) (?:[\w'’-]+ ){0,4}(?:verfügbar|erhältlich"
        r"|möglich|auch (?:auf|in|für|als))",
        r"(?:führt|führte) (?:[\w'’-]+ ){1,6}ein\b"
        r"|geht (?:[\w'’-]+ ){0,3}an den start|bringt (?:[\w'’-]+ ){1,6}(?:in|auf|für)"
        r"\b",
        r"(?:per|mit einem|mit dem|neues|großes) update\b|software-?update",
        r"open-?sourc(?:es|ed|ing)\b|now generally available|out now|sees daylight",
        r"(?:version|v)\.? ?\d+(?:\.\d+)* (?:is|ist|brings|bringt|released|out"
        r"|erschienen)",
        r"(?:speeds? up|makes it easier|simplif(?:y|ies)|overhauls?|revamps?"
        r"|upgrades?) ",
        r"launch(?:es|ed|ing)?\b(?! (?:an? )?(?:attack|investigation|inquiry|probe"
        r"|lawsuit))",
        r"unveil(?:s|ed|ing)?\b",
        r"roll(?:s|ed|ing)? out\b|roll-?out",
        r"introduc(?:es|ed|ing)\b",
        r"releas(?:es|ed)\b(?! (?:from|statement|figures|results|study|report|on bail)"
        r")",
        r"debut(?:s|ed)?\b",
        r"(?:adds|gets|gains|brings) (?:[\w'-]+ ){0,5}(?:feature|mode|support|tool"
        r"|planning|option"
        r"|plan|function|editor|view|app|integration|assistant|dialer|search|api)\w*",
        r"(?:now|soon) (?:lets?|can|offers?|supports?|works?|available)\b"
        r"|lets (?:\w+ ){1,3}\w+",
        r"(?:new|latest|first) (?:[\w'-]+ ){0,3}(?:feature|version|model|app|device"
        r"|phone|tool|product"
        r"|plan|tariff|service)s?\b",
        r"(?:goes|go|went) on sale|hits shelves|pre-orders?",
        r"(?:public |open |private )?beta\b|general availability|early access",
        r"opens (?:its|up its) (?:api|platform|app)",
        r"(?:taps|uses) ai\b|makeover|redesign\w*",
        r"(?:feature|tool|update) (?:is|are|lets|links)\b",
        r"bringt (?:[\w.,-]+ ){1,8}(?:auf den markt|heraus|in den|in die)",
        r"(?:stellt|stellte) (?:[\w.,-]+ ){1,8}vor\b",
        r"führt (?:[\w.,-]+ ){1,8}ein\b",
        r"neue[rsn]? (?:\w+-)?(?:funktion\w*|version|modell\w*|app|gerät\w*|tarif\w*"
        r"|sets?|dienst)",
        r"(?:marktstart|launchtermin|verkaufsstart|produktstart)\w*|unpacked",
        r"ab sofort (?:verfügbar|erhältlich|allen|für)|steht ab sofort",
        r"(?:kommt|kommen) (?:\w+ ){0,4}auf den markt",
        r"\w*-tarif\b|neuer tarif|präsentiert\b",
    ),
    "press": _any(
        r"for immediate release",
        r"press release|news release|media release",
        r"(?:press|media) contact",
        r"pressemitteilung|pressekontakt|medienmitteilung|pressestelle:",
        r"(?:pr ?newswire|business wire|globenewswire|presseportal|accesswire|ots\))",
    ),
}
UNSURE = re.compile(
    r"\b(?:den(?:y|ies|ied)|rumou?rs?|speculation|reportedly|mulls?|mulling|weighs?"
    r"|considers?"
    r"|considering|explor(?:es|ing)|eyes|in talks|could|might|may (?:raise|buy|sell"
    r"|cut)|whispers?"
    r"|sources say|rules? out|no (?:plans?|layoffs?|job cuts|intention)"
    r"|not (?:for sale|planning"
    r"|raising)|rejects?|dismisses (?:reports?|rumou?rs?|talk)|refutes?|about to"
    r"|dementiert\w*|gerüchte?\w*"
    r"|angeblich|erwägt|prüft|spekulation\w*|keine (?:entlassungen|kündigungen"
    r"|stellen|übernahme|pläne)"
    r"|weist (?:\w+ ){0,5}zurück|könnte|offenbar|soll (?:\w+ ){0,6}(?:planen|erwägen"
    r"|prüfen|kaufen))\b",
    re.IGNORECASE,
)
CAUSE = re.compile(
    r"\b(?:after|following|amid|despite|ahead of|nach|trotz|vor|wegen)\b", re.IGNORECASE
)
DENIED = re.compile(
    r"\b(?:denied|denies|were false|is false|not true|rejected reports|no truth"
    r"|dementierte?"
    r"|reine spekulation|wies (?:\w+ ){0,5}zurück)\b",
    re.IGNORECASE,
)
