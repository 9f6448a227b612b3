"""The vocabulary of funding news, English and German. Pure."""

import re

from intel.words import listed

# A legal form right after the name; matches the empty text where there is none.
LEGAL_FORM = re.compile(
    r"(?:,? (?:Inc|Ltd|LLC|GmbH|AG|SE|SAS|SA|BV|B\.V|AB|AS|ASA|Oy|ApS|A/S|PLC|plc|Corp|"
    r"Corporation|Limited|Pte\.? Ltd|Pty\.? Ltd|Pvt\.? Ltd|Sdn\.? Bhd|"
    r"Bhd|Pte|Pty|Tbk|Lda|Ltda|Private Limited|Co|KG|"
    r"GmbH & Co\.? KG|S\.A|S\.r\.l|SpA|UG|KGaA|N\.V|Holdings?|Group)\b\.?)?"
)

# What may follow a company's name without being part of it.
AFTER_NAME = listed(
    """raises raised raising secures secured closes closed lands landed announces
    announced gets receives received bags nabs nets scores snags grabs attracts pulls
    brings rakes hauls takes picks banks completes wins adds extends pockets draws
    launches emerges reports hits tops says said plans seeks eyes explores nears weighs
    considers hires names appoints opens joins buys acquires sells cuts lays files
    prices goes is was has had will to in on at for with after and or as by from via
    of the its their new series seed pre-seed pre ceo cto cfo coo co-founder cofounder
    founder founders chief chair chairman president rival rivals competitor competitors
    customer customers partner partners investor investors backer backers employee
    employees engineer engineers alum alumni veteran veterans user users subsidiary
    parent unit spinoff spinout spin-off spin-out co-ceo head executive executives
    director boss chef gründer mitgründer geschäftsführer kunde konkurrent
    funding financing round investment doubles triples unveils introduces shelves
    postpones denies expands grows moves valued worth lays delivers posts enters
    becomes reaches passes crosses teams signs expands sammelt erhält bekommt holt
    sichert schließt meldet wird hat will plant sucht verhandelt übernimmt startet
    steigt baut kauft nimmt streicht wirbt verkündet finanziert stockt landet
    today heute yesterday ai's monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november
    december could can may might would should ipo yc"""
)

# Words that make a longer company name of a shorter one.
TRADE_WORDS = listed(
    """robotics pharma pharmaceuticals motors brewing health healthcare bio biosciences
    therapeutics labs systems technologies technology capital ventures partners energy
    foods studios games media networks solutions software security bank insurance
    finance financial logistics aerospace space materials medical sciences analytics
    automation semiconductors airlines hotels properties industries biologics genomics
    diagnostics mobility power minerals mining resources entertainment music fashion
    coffee kitchen kitchens foundation university dynamics works"""
)

# What a headline says of a company right before its name.
STATES = listed(
    """bootstrapped listed embattled loss-making profitable fast-growing ailing
    beleaguered struggling publicly-traded newly-minted"""
)

# How web addresses shorten some of them.
SHORT_TRADES = {"therapeutics": "tx", "pharmaceuticals": "rx", "diagnostics": "dx"}

# What may stand before a company's name, capitalised, without being part of it.
BEFORE_NAME = listed(
    """the a an and or but for with from by in on at of to as if when how why what
    meet inside exclusive breaking watch update startup start-up startups company
    firm maker platform fintech biotech healthtech edtech proptech insurtech
    agritech medtech unicorn ai saas b2b cleantech climate-tech group developer
    provider specialist operator insurer retailer bank scale-up scaleup former ex
    ceo backs backed owner rival giant app brand software business spin-off spin-out
    spinoff our their its his her this that while after before since also now then
    so still once yet soon today yesterday new das die der dem den des ein eine
    einen einem für von mit bei und auch nach auf aus im am zum zur wie warum neue
    startup-unternehmen ki ki-start-up anbieter unternehmen firma berlin munich
    london paris german french british swiss dutch us uk u.s eu european american
    canadian indian israeli spanish italian swedish danish nordic finnish estonian
    irish australian french chinese japanese korean monday tuesday wednesday
    thursday friday saturday sunday says said invests leads funding round investment
    investor customer acquires buys joins acquired bought into about can will does
    did is was has have could should may leading backing investing announcing ask
    introducing welcoming enter hello who where behind let here today's congrats"""
)
# "Manila ISP Foo", "HR tech Foo": what a company does, written in capitals.
ACRONYMS = listed(
    """AI API AR B2B B2C CAD CRM D2C DTC EDA ERP EV ESG GPU HR IoT ISP IT LLM ML NBFC
    PR QSR R&D SaaS SME SMB UX VC VPN VR VFX XR 3D UK US EU UAE"""
)
GERMAN_NOUN = re.compile(
    r"(?:[Ss]tart-?up|[Uu]nternehmen|[Ff]irma|[Aa]nbieter|[Hh]ersteller|[Pp]lattform|"
    r"[Ss]cale-?up|[Ee]ntwickler|[Bb]etreiber|[Vv]ermieter|[Hh]ändler|[Tt]ech|"
    r"[Ss]pezialist|[Gg]ründung|[Bb]ox|[Kk]ette|[Dd]ienst|[Gg]ruppe|[Kk]onzern|[Bb]ank|"
    r"[Vv]ersicherer|[Vv]erleih|[Bb]auer|[Mm]acher|[Vv]erwerter|[Ll]ieferant|[Dd]ienstleister|[Pp]roduzent|[Vv]ermarkter|"
    r"[Pp]ionier|[Mm]arktplatz|[Zz]üchter|[Rr]ecycler|"
    r"[Aa]pp)s?$"
)

# The nouns a definite phrase uses for a company named before: "the London business".
COMPANY_NOUN = (
    r"(?:company|start-?up|firm|business|group|maker|provider|developer|platform|"
    r"biotech|fintech|insurer|retailer|manufacturer|operator|unicorn|scale-?up|"
    r"outfit|venture|vendor|specialist|insurtech|healthtech|edtech|agency|team|lender|"
    r"processor|builder|marketplace|brand|app|spin-?off|spin-?out|studio|pair|"
    r"Unternehmen|Firma|Start-?up|Start-?ups|Jungunternehmen|Gründer|Anbieter|"
    r"Hersteller|Softwareanbieter|Fintech|Healthtech|Scale-?up|Plattform|Gesellschaft|"
    r"Berliner|Münchner|Hamburger|Kölner|Leipziger|Wiener|Zürcher|Frankfurter)"
)

FILLER = (
    r"(?:a|an|the|its|their|our|his|her|it|another|additional|extra|further|fresh|new|"
    r"first|by|with|mit|more|than|over|nearly|almost|about|around|roughly|some|"
    r"approximately|"
    r"up|to|as|much|at|least|close|just|under|well|upwards|north|of|total|combined|"
    r"whopping|massive|huge|record|oversubscribed|upsized|over-subscribed|initial|"
    r"worth|totalling|totaling|in|between|funding|financing|finance|round|rounds|"
    r"investment|capital|raise|equity|venture|growth|strategic|external|outside|"
    r"minority|latest|second|third|fourth|successful|fully|subscribed|mega|cool|"
    r"closing|close|completion|final|sized|size|undisclosed|sum|amount|"
    r"valued|that|debut|institutional|extended|large|largest|next|maiden|off|"
    r"eine|einen|einer|ein|die|den|der|das|seine|seiner|seinen|ihre|ihrer|ihren|sich|"
    r"weitere|weiteren|neue|neuen|neues|frische|frischen|frisches|rund|etwa|knapp|gut|"
    r"über|mehr|als|ca\.?|circa|fast|bis|zu|insgesamt|von|Höhe|Finanzierungsrunde|"
    r"Finanzierung|Runde|Kapital|Investment|Finanzspritze|Kapitalrunde|Geld|erste|"
    r"ersten|zweite|zweiten|nun|jetzt|nochmals|erneut|noch|einmal|Kapitalerhöhung|"
    r"gemeinsam|zusammen|jointly|together|collectively|Millionenrunde|"
    r"Wachstumskapital|Wagniskapital|Risikokapital|erfolgreich|um)"
)
