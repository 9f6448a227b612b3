"""Turns of phrase around a name that tell what part the name plays. Pure.

Patterns named `..._BEFORE` end where the name begins, `..._AFTER` begin where it ends.
"""

import re

from intel.words import listed

_LISTED = (
    r"(?:[A-ZÄÖÜ0-9][\w&.'-]*(?: [A-ZÄÖÜ][\w&.'-]*)?"
    r"(?:, (?:and |und )?| and | und | or | oder | & ))*"
)
_FAR = """
such as|including|companies like|firms like|brands like|the likes of|names like
startups like|start-ups like|platforms like|apps like|services like|tools like
retailers like|giants like|rivals?|competitors?|compet(?:es|ed|e|ing) with
competing against|alternatives? to|similar to|customers include|clients include
customers are|clients are|users include|customers including|counts|partners include
backers include|investors include|backers such as|backed by|funded by|co-led by|led by
participation from|participation of|money from|cash from|investment from|funding from
(?:integrat|connect|sync|partner|pair|link)(?:s|es|e|ed|ing|ion|ions)? (?:with|to|for)
partnership with|partnerships with|deal with|works with|working with|compatible with
teams up with|teamed up with|teaming up with|joins forces with|alongside|besides
apart from|plug-?ins? for|add-ons? for|imports? from|exports? to|migrates? to
switch(?:es|ed|ing)? (?:to|from)|spent|years at|stints? at|career at|worked at
worked for|previously (?:at|with|of)|formerly (?:at|with|of)|came from|comes from
hired from|hires from|poached from|recruited from|veterans? of|alum(?:ni|na|nus) of
(?:jobs?|roles?|engineers?|managers?|executives?|developers?|intern) at
(?:analysts?|economists?|strategists?) (?:at|with|from)|compared (?:with|to)
(?:survey|study|report|research|data|figures|forecast|poll|ranking) (?:by|from)
(?:Händlern?|Firmen|Unternehmen|Konzernen?|Marken|Anbietern?|Kunden|Größen) wie
(?:Konkurrenten|Rivalen|Herstellern?|Plattformen|Start-ups|Diensten?|Banken) wie
darunter|unter anderem|beispielsweise|zum Beispiel|neben|ähnlich wie|anders als
im Vergleich (?:zu|mit)|(?:Konkurrenten?|Rivalen?|Wettbewerbern?)(?: der)?
Alternativen? zu|Kunden (?:zählen|gehören|sind)|Referenzen zählen|Investoren wie
Geldgebern? wie|Investoren|angeführt von|finanziert von
(?:Zusammenarbeit|Kooperation) mit
Partnerschaft mit|kooperiert mit|arbeitet mit|zuvor (?:bei|für)|früher (?:bei|für)
Jahren? (?:bei|für)|Karriere bei|(?:kommt|kam|wechselte?) von
Analyst(?:en|in)? (?:von|der|bei)
(?:Ökonom|Ökonomin|Chefvolkswirt|Experten?) (?:der|von)
(?:Umfrage|Studie|Auswertung|Daten) (?:von|der)|Schnittstellen? zu|Anbindung an
(?:abgleichen|verbinden|integrieren|koppeln) mit|genauso wie|sowie
"""
_NEAR = """
like|unlike|than|versus|vs|vs\\.|e\\.g\\.|ex-|former|formerly|onetime|one-time|ex|via
(?:post|posts|posted|wrote|written|share|shared|recorded|tracked|logged|found|find) on
(?:seen|listed|streamed|streams|streaming|live|available|published|searched|sold) on
(?:message|messages|video|videos|profile|account|page|group|post|call|chat|ride|run) on
(?:bought|ordered|sold|listed|available|held) (?:at|in|from|on|via|through)
(?:runs|run|running|hosted|built|based) on|on
(?:hosted|powered|supported|sponsored|presented|insured|operated|supplied|delivered) by
(?:manufactured|distributed|audited|advised|certified|owned) by|told
(?:paid|pay|paying) (?:with|by|via)|ehemalige[rn]?|einstige[rn]?|frühere[rn]?
mithilfe von|mit Hilfe von|(?:gesponsert|unterstützt|betrieben) von
(?:gehostet|bestellt|gekauft) bei|(?:gepostet|verfügbar|aufgezeichnet|geteilt) auf
(?:Haupt|Trikot|Namens)?sponsor|wie
"""


def _phrases(text: str) -> str:
    parts = (part.strip() for line in text.splitlines() for part in _split(line))
    return "|".join(part for part in parts if part)


def _split(line: str) -> list[str]:
    depth, parts, last = 0, [], 0
    for at, char in enumerate(line):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            parts.append(line[last:at])
            last = at + 1
    return [*parts, line[last:]]


PASSING_FAR_BEFORE = re.compile(
    rf"(?<![\w-])(?i:{_phrases(_FAR)})[:,]?"
    rf"(?: (?:[\w'&.$€-]+,? ){{0,4}})?\s?{_LISTED}$"
)
PASSING_NEAR_BEFORE = re.compile(
    rf"(?<![\w-])(?i:{_phrases(_NEAR)}) ?(?:the |a |an |der |die |das )?{_LISTED}$"
)
PASSING_AFTER = re.compile(
    r"^(?:'s)?(?:"
    r"[ -](?:messages?|channels?|chats?|threads?|posts?|calls?|meetings?|videos?|page"
    r"|profile"
    r"|account|Nachrichten?|Kanal|Chats?|Profil|Seite|Konto)\b"
    r"|[ -](?:backed|sponsored|powered|owned|hosted|style|like|esque|rivals?|compatible"
    r"|alternatives?|competitors?|clones?|killer|Konkurrent(?:en|in)?|Rivale"
    r"|Alternativen?)\b"
    r"|[ -](?:analysts?|economists?|strategists?|Analyst(?:en|in)?|Ökonom(?:en|in)?)\b"
    r"|[ -](?:alum|alumni|alumna|alumnus|veterans?)\b"
    r"|[ -](?:Arena|Stadium|Stadion|Park|Cup|Open|Center|Centre|Marathon|Trophy"
    r"|Halle)\b"
    r"|[ -](?:Play|Maps|Docs|Drive|Search|Cloud|Store|Trends|Suche)\b(?= (?:data"
    r"|searches|results|listing))"
    r"| (?:survey|poll|study|report|data) (?:found|shows?|says|suggests?)\b"
    r"| (?:zählt|zählen|gehört|gehören) zu den | (?:is|was|are|were) among "
    r"| sponsert?\b"
    r"| and (?:others|other)\b| und (?:anderen?|weitere)\b|,? among others\b"
    r")"
)
LIST_BEFORE = re.compile(r"[A-ZÄÖÜ0-9][\w&.'-]*, (?:and |und |or |oder |& )?$")
LIST_END_BEFORE = re.compile(r", [\w&.' -]{2,25}(?:,)? (?:and|und|or|oder|&) $")
LIST_AFTER = re.compile(
    r"^(?:'s)?(?:, (?:[A-ZÄÖÜ][\w&.'-]*[, ]|and [A-Z]|und [A-ZÄÖÜ])| (?:and|und"
    r"|or|oder|&) [A-ZÄÖÜ])"
)
LIST_START_AFTER = re.compile(
    r"^, [A-ZÄÖÜ][\w&.'-]*(?: [A-ZÄÖÜ][\w&.'-]*)?(?:, [A-ZÄÖÜ][\w&.' -]{1,25}"
    r")*,? (?:and|und|or|oder|&) [A-ZÄÖÜ]"
)
HONORIFIC_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady|Dame|Herrn?|Frau|Sen|Rep|Gov|Judge"
    r"|Justice|Premier|President|Präsident(?:in)?|Senator(?:in)?|Governor|Mayor"
    r"|Minister(?:in)?|Captain|Officer|Sgt|Detective|Queen|Pope|Saint|Sankt"
    r"|Congressman|Congresswoman|Familie|Ehepaar|Pfarrer|Bischof|Trainer|Coach|Kanzler)"
    r"\.? (?:[A-Z][\w.-]* ){0,2}$"
)
PERSON_AFTER = re.compile(
    r"^(?:, (?:aged )?[1-9]\d(?:,|\.|$| )|,? (?:Jr|Sr)\b\.?| \((?:[A-Z]-|CDU|SPD"
    r"|FDP|Grüne)"
    r"| \([1-9]\d\)|'s (?:wife|husband|son|daughter|mother|father|widow|lawyer"
    r"|family)\b"
    r"| (?:was born|died|married|grew up|starred|sang|tweeted that he|thanked)\b"
    r"|,? who (?:was born|died|plays|played|starred|turned)\b)"
)
DETERMINER_BEFORE = re.compile(
    r"(?:^|[^\w])(?:the|a|an|this|that|these|his|her|their|its|our|my|your|every|each"
    r"|no|some|any|another|der|die|das|dem|den|des|ein|eine|einen|einem|einer"
    r"|eines|im|am|zum|zur|vom"
    r"|beim|ins|kein|keine|dieser|diese|dieses|diesem|diesen|jeder|jede|mein"
    r"|meine|unser|unsere|ihr|ihre"
    r"|sein|seine)(?: [a-zäöüß]+(?:e[nrms]?|ly|al|ic))? $",
    re.IGNORECASE,
)
PLACE_BEFORE = re.compile(
    r"(?:\b(?:City|city|town|Town|village|port|Port|Lake|Mount|Mt\.?|Fort|Cape"
    r"|San|Santa|Stadt"
    r"|Ort|Dorf|Gemeinde|Landkreis|Bahnhof|Pearl|Isle) (?:of |von )?"
    r"|\b(?:residents|people|suburb|mayor"
    r"|Bürgermeister|Einwohner|Anwohner) (?:of|in|from|von|aus) )$"
)
PLACE_AFTER = re.compile(
    r"^(?:, (?:Japan|Kanagawa|Texas|Arizona|Ohio|Florida|Iowa|Georgia|Oregon"
    r"|Maine|Nevada"
    r"|Alabama|Illinois|Michigan|Kansas|Kentucky|Virginia|England|Scotland|Wales"
    r"|Ontario"
    r"|Bayern|Hessen|Sachsen|Niedersachsen|Thüringen|Brandenburg)\b"
    r"|[ -](?:City|Ward|County|Township|Prefecture|River|Creek|Lake|Mountains?|Hills?"
    r"|Valley|Beach|Bay|Island|Islands|Village|Bridge|Street|Avenue|Road|Square|Springs"
    r"|Falls|Heights|Canyon|Peninsula|Basin|Rainforest|rainforest|basin|River's|river"
    r"|valley|delta|Fluss|See|Berg|Tal|Straße|Platz|Brücke|Insel|Regenwald|Becken"
    r"|Ufer)\b)"
)
FIRM_AFTER = re.compile(
    r"^ (?:&|and|und) (?:Sons?|Daughters?|Brothers|Co|Company|Partners?|Associates"
    r"|Söhne"
    r"|Cie|Töchter|Partner)\b"
)
OTHER_AFTER = re.compile(
    r"^[ -](?:disease|Disease|syndrome|Syndrome|Syndrom|variant|Variante|virus"
    r"|Frontale"
    r"|United|Rovers|Wanderers|Athletic|Leverkusen|04|05|96|1860|FC|SC|Lions|Tigers"
    r"|Giants|Eagles|Bears|Hawks"
    r"|Festival|festival|University|Universität|College|Church|Cathedral"
    r"|Elementary|High School"
    r"|Orchestra|Quartet|Quintet|Choir|Museum|Theatre|Theater|Hospitals?|Krankenhaus"
    r"|mission|program|programme|spacecraft|asteroid|poisoning|vapou?r|levels"
    r"|astronauts?"
    r"|rockets?|[IVX]+|1[0-7]|retrograde|Fans|breed|terrier|falcon|eagle)\b"
)
CLUB_BEFORE = re.compile(
    r"\b(?:FC|SC|SV|TSV|VfB|VfL|FSV|AC|AS|CF|BC|HC|EHC|planet|Planet|Planeten"
    r"|river|River|Fluss"
    r"|goddess|Göttin|god|Gott|asteroid|Asteroid|hurricane|Hurricane|Hurrikan"
    r"|storm|Storm|Sturm"
    r"|Orkan|typhoon|Typhoon|cyclone|Cyclone|band|Band|singer|Sänger|Sängerin"
    r"|rapper|Rapper"
    r"|actor|actress|Schauspieler|Schauspielerin|footballer|Stürmer|Torwart"
    r"|quarterback|striker"
    r"|author|novelist|dog|Hund|Hündin|horse|Pferd|Stute|Wallach|cat|Kater|Katze"
    r"|lake|See|volcano"
    r"|Vulkan|mountain|Berg|film|Film|movie|novel|Roman|album|Album|song|Lied"
    r"|musical|Musical|opera"
    r"|Oper|ship|Schiff|Frachter|Fähre|frigate|Fregatte|yacht|submarine|comet"
    r"|Komet|moon|Mond|star"
    r"|constellation|Sternbild|element|Saint|saint|Sankt|St\.|director|Regisseur"
    r"|poet|Dichter|painter"
    r"|Maler|composer|Komponist|comedian|Komiker|tropical storm|Tropical Storm"
    r"|Tief|Sturmtief|Hoch) $"
)
COMPANY_WORDS = listed(
    """
    hires signs expands expansion partnership deal contract prices pricing fees
    announces announced spokesperson spokesman spokeswoman software platform app tool
    service services subscription hiring bosses market rival rivals competitors
    kooperation vertrag preise gebühren sprecher sprecherin markt konkurrenz
    wettbewerber
    investiert beteiligt expandiert
    company companies firm startup start-up business maker manufacturer provider vendor
    operator supplier corporation enterprise unicorn group ceo cfo cto coo cmo chief
    founder founders co-founder cofounder chairman chairwoman executive executives
    shares share stock investors investor investment revenue revenues profit profits
    turnover sales quarter quarterly earnings ipo valuation customers customer clients
    users subscribers subscribers employees workforce staff jobs layoffs headquarters
    headquartered board acquisition acquires acquired merger raises raised funding
    series seed round launch launches launched unveils rollout product products feature
    features recall plant factory subsidiary unit contract brand office offices hires
    appoints dealers beta release invoice merchants unternehmen konzern konzerns firma
    hersteller anbieter betreiber händler gründer gründerin mitgründer geschäftsführer
    geschäftsführerin vorstand vorstandschef vorstandschefin vorstands aufsichtsrat
    chef chefin finanzchef finanzchefin aktie aktien aktionäre umsatz gewinn verlust
    quartal kunden nutzer beschäftigte beschäftigten mitarbeiter mitarbeitende
    belegschaft standort werk werke finanzierungsrunde übernahme übernimmt börse
    börsengang jobabbau tochter tochterfirma zentrale filialen marke produkt produkte
    stellen stellenabbau investoren
    """
)
FOLLOWERS = listed(
    """
    inc corp ceo cfo cto coo chief app apps cloud group pay labs team teams platform
    users customers founder co-founder cofounder shares stock spokesperson spokesman
    spokeswoman staff employees executive executives boss engineers subscribers members
    accounts account card cards premium pro plus api sdk ai one hq deutschland germany
    europe uk usa us international global holdings holding ventures co-founders
    founders board monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december chef
    chefin gruppe konzern aktie vorstand geschäftsführer website site blog said says
    announced
    """
)
PLACED_BEFORE = re.compile(
    r"\b(?:in|near|at|to|from|of|outside|around|into|across|bei|nach|aus|um|nahe"
    r"|durch) $",
    re.IGNORECASE,
)
TAILS = listed(
    """
    technologies technology systems solutions networks partners capital management
    industries enterprises therapeutics pharmaceuticals pharma biosciences biotech foods
    energy resources properties realty insurance bank financial media records pictures
    studios airlines motors marine hospitals hospital foundation institute analytics
    robotics logistics software semiconductor materials mining minerals petroleum
    construction builders roofing brewing brewery coffee bakery hotel hotels fitness
    academy staffing security aerospace defense biologics healthcare health medical
    dental
    chemicals steel plumbing consulting advisors investments asset associates
    entertainment
    interactive communications telecom wireless electric electronics labs holdings
    immobilien versicherung versicherungen brauerei verlag stiftung klinik kliniken
    apotheke spedition reisen bau metall kunststoff pharma energie touristik
    """
)
ATTACKED = re.compile(
    r"(?:ban|fine|attack|report|ruling|pressure|suit|lawsuit|verdict|hearing|probe"
    r"|focus|spotlight|bet|bets|sanctions?|curbs?|tax|decision|case|bid|raid"
    r"|angriff|hackerangriff"
    r"|inquiry|view|take|stake|update|eyes|crackdown|advantage) on $",
    re.IGNORECASE,
)
