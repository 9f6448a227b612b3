"""Which words speak of which trade or subject, English and German. Pure.

A word ending in `*` stands for all words that begin so. Words that any company's news
may hold (shares, court, staff, launch) are left out: they tell no trade from another.
"""

from collections import Counter
from collections.abc import Iterable

_TRADES = {
    "software": """
        software saas app apps api platform* cloud developer* code coding workspace*
        docs wiki* dashboard* plugin* browser* database* data analytics ai algorithm*
        chatbot* cyber* hosting hoster server* crm erp workflow* collaboration
        open-source update* programm* entwickler* anwendung* digital* datenbank*
        automation computing productivity issue-tracking ki
        """,
    "finance": """
        bank banks banking bankkonto banken fintech* payment* lender* loan* credit*
        deposit* broker* insur* mortgage* card* wallet* transfer* remittance* checkout
        kredit* zahlung* versicher* sparkasse* konto konten girokonto trading crypto*
        bitcoin spend accounting payroll invoic* buchhalt* instalment* kartenzahl*
        überweis* finanzdienst* neobank* account-opening
        """,
    "investing": """private-equity equity hedge fund funds buyout* credit-investor
        asset-manager asset-management vermögensverwalt* beteiligung* portfolio*
        limited-partner* venture endowment* loans""",
    "telecom": """
        telecom* mobile broadband fiber fibre 5g 4g lte 2g 3g carrier carriers spectrum
        roaming mobilfunk* glasfaser* breitband* netzbetreiber* telefon* prepaid sim
        smartphone-tarif* router* handyvertrag* network-operator
        """,
    "electronics": """
        electronics electronic elektronik* smartphone* handy handys phone phones
        foldable* tablet* chip chips chipmaker* semiconductor* halbleiter* display*
        laptop* gadget* wearable* kamera* elektrotechnik* sensor* television*
        fernseher* memory speicherchip* earbud* hardware steckverbind* connector*
        """,
    "retail": """
        retail* shop shops shopping store stores supermarket* grocer* merchant*
        e-commerce marketplace* online-shop* onlinehändler* onlinehandel handel
        händler* versandhändler* versandhaus* filiale* kaufhaus* warenhaus* discounter*
        checkout retouren* sortiment* märkte elektronikmärkte
        """,
    "fashion": """
        fashion apparel clothing shoe shoes sneaker* footwear sportswear textil* mode
        schuhe sportartikel* jersey* handbag* jewel* bekleidung* modekette* boutique*
        cosmetic* perfume* kosmetik* sandal* modemärkte trikot*
        """,
    "food": """
        food foods restaurant* brew* beer* taproom* wine winery coffee cafe café bakery
        bakeries pizza* burger* snack* beverage* drink* chocolate* dairy meat grocery
        kitchen* recipe* menu brauerei* bier biere getränk* lebensmittel* bäcker*
        kochbox* rezept* restaurant gastronom* distill* whisky vodka meal* chef's
        süßwaren* molkerei* wurst* catering
        """,
    "automotive": """
        car cars carmaker* automak* automotive vehicle* truck trucks pickup* suv suvs
        motor motors motorcycle* motorbike* ev evs electric-car* tyre tyres tire tires
        brake* dealership* autobauer* auto autos autokonzern* autozulieferer* reifen*
        fahrzeug* motorrad* elektroauto* superbike* rover lkw scooter* motorräder* pkw
        plug-in gearbox* sedan* limousine*
        """,
    "mobility": """ride-hailing ridehail* taxi* scooter* e-scooter* car-sharing
        carsharing
        driver drivers rides fahrdienst* mitfahr* fernbus*""",
    "aviation": """
        airline* airport* aircraft flight* jet jets pilot* aviation passenger* cabin
        fluggesellschaft* flughafen* flugzeug* flüge aerospace helicopter* boarding
        drone* drohne* air-lines runway*
        """,
    "space": """satellite* rocket* orbit* spacecraft launchpad* spaceport* raumfahrt*
        rakete* lunar astronaut* nasa spacex moon-landing""",
    "logistics": """
        logistic* freight* forwarding shipping container* warehouse* cargo parcel*
        courier* port ports haulage trucking supply-chain spedition* fracht* lager
        lagerhaus* paket* lieferkette* versand* zusteller* fulfilment fulfillment
        seefracht pallets
        """,
    "marine": """marine outboard boat* yacht* ship ships shipyard* vessel* ferry ferries
        cruise* werft* boote schiff* reederei* fähre* sailing harbour-master""",
    "energy": """
        energy oil gas electricity utility utilities solar wind turbine* grid
        power-plant* renewable* refinery refineries lng barrel* battery batteries
        strom* ökostrom* energie* netzentgelt* kraftwerk* windpark* windräder
        photovolta* erdgas pipeline* hydrogen wasserstoff* kilowatt* megawatt*
        """,
    "materials": """
        steel mining miner mines chemical* plastics cement glass paper copper lithium
        aluminium aluminum stahl* chemie* kunststoff* zement* bergbau* rubber
        kautschuk* alloy* ore metals timber paint coating* ceramic* tile tiles keramik*
        fliese* kiln kilns
        """,
    "property": """
        property real-estate realty realtor* housing tenant* landlord* mortgage*
        apartment* roof* construct* building-contractor* builder* contractor* plumb*
        immobilie* wohnung* mieter* vermiet* bauträger* wohnungskonzern* makler* bau
        baukonzern* hotel-tower landscaping flooring carpentry tiles faucet* kitchens
        dachdecker* brokerage
        """,
    "health": """
        hospital* clinic* patient* doctor* nurse* surger* medical* healthcare
        telehealth dental dentist* medtech diagnos* krankenhaus* krankenhäuser klinik*
        patient* ärzt* arztpraxis* praxis praxen pflege* therapeut* hearing physio*
        ambulance* caregiver* wellness
        """,
    "pharma": """
        pharma* drug drugs drugmaker* medicine* vaccine* biotech* therapy therapies
        trial-drug* oncolog* cancer arznei* medikament* impfstoff* life-science biolog*
        antibod* wirkstoff* keytruda fda-approval injection tablets-dose
        """,
    "hr": """hr recruiting recruiter* payroll workforce-software personalsoftware*
        personalakte* bewerber* talent* applicant* onboarding staffing zeitarbeit*
        personalverwaltung*""",
    "sales": """sales-intelligence leads dialer outreach crm prospecting contact-data
        kontaktdaten vertriebssoftware* sales-team*""",
    "media": """newspaper* magazine* broadcaster* streaming television publisher*
        podcast*
        radio zeitung* verlag* sender fernsehsender* rundfunk* mediengruppe* newsroom*
        advert* werbe* werbung adtech""",
    "games": """videogame* gaming gamer* console* esports playstation xbox nintendo
        spieleentwickler* computerspiel* videospiel* multiplayer""",
    "toys": """toy toys brick bricks spielzeug* spielwaren* puppe* playset* bausteine
        klemmbaustein*""",
    "fitness": """
        fitness runner* running cyclist* cycling jogging workout* athlet* marathon* gym
        gyms trainingsplan* läufer* radfahrer* rennrad* leaderboard* heatmap* wearables
        heart-rate laufstrecke* joggen training-app
        """,
    "travel": """travel* hotel* holiday* tourism tourist* booking resort* hospitality
        airbnb reise* urlaub* unterkunft* touristik* pauschalreise* guesthouse*""",
    "education": """school* pupil* teacher* university universities college* edtech
        curriculum tutoring schule* schüler* lehrer* universität* hochschule* classroom*
        kindergarten* academy""",
    "legaltech": """law-firm* attorney-software contract-review kanzlei* notary
        solicitor*
        paralegal*""",
    "industry": """
        robot* machine machinery machine-builder* factory-automation maschinenbau*
        anlagenbau* hydraul* pump pumps valve* compressor* bearing* werkzeugmaschine*
        robotik* automatisierungstechnik* 3d-print* elevator* crane* förderanlage*
        welding
        """,
    "farming": """farm farms farmer* crop crops agri* tractor* livestock seed-treatment
        fertili* landwirt* bauernhof* ernte traktor* saatgut* dünger* greenhouse*
        orchard* vineyard*""",
    "defence": """defence-contract* defense-contract* missile* munition* armour* armor*
        rüstung* radar* panzerbauer* tank-maker frigate*""",
    "security": """security-guard* alarm-system* burglar* wachdienst* sicherheitsdienst*
        surveillance-camera*""",
    "cleaning": """laundr* dry-clean* janitor* reinigung* gebäudereinigung* waste
        recycling entsorgung* müll*""",
    "pets": """pet-food pets veterinar* tierarzt* tierfutter* haustier* pet-shop""",
    "beauty": """salon* spa hairdress* barber* friseur* tanning nail-studio* tattoo*
        skincare""",
}

_SUBJECTS = {
    "astronomy": """
        planet planets planeten sun sonne moon mond star stars stern sterne telescope*
        teleskop* astronom* solar-system sonnensystem orbiting galaxy galaxies horizon
        horizont sunrise binoculars fernglas comet* komet* asteroid* crater* ringe
        umlaufbahn* sternwarte* sternbild* nasa constellation* nachthimmel* stargaz*
        eclipse*
        """,
    "animals": """
        animal* tier tiere zoo zoos wildlife species bird birds vogel vögel cat cats
        katze* raubkatze* dog dogs hund hunde horse* pferd* foal* puppy puppies
        predator* falcon* habitat* biologist* biologe* tierpark* gehege* wildtier*
        jäger hunt hunts nest* brut* beak feather* claws paw paws rosettes endangered
        wolf wölfe fish fische insect* insekt* conservation* naturschutz* artenschutz*
        cub cubs breeding tierpfleger* keeper* safari jungtier* labrador* shelter
        """,
    "plants": """
        plant-species tree trees forest* wald wälder rainforest* deforest* flower*
        blume* garden gardens garten gärten gardener* gärtner* leaf leaves herb herbs
        bush rinde blossom* blüte* maple soil harvest botan* shrub* kräuter* baum
        bäume*
        """,
    "sport": """
        goal goals tor tore goalkeeper* torwart* coach trainer* striker* stürmer*
        midfielder* match matches spiel spiele derby cup league* liga bundesliga
        tabellen* playoff* touchdown* quarterback* innings basketball* football*
        fußball* eishockey* hockey* handball* baseball* rugby semi-final* final
        halbfinal* viertelfinal* referee* schiedsrichter* verlängerung halftime
        halbzeit kickoff stadium* stadion* nba nfl nhl mlb fifa uefa wnba champion*
        pitcher* season-opener roster* draft-pick olympi* medal* medaille* sprinter*
        world-record weltrekord* weltmeister* tennis* golfer* scored defeated
        punkte-gewinn aufstieg abstieg saison* teamkolleg* fans playoffs tie-breaker
        trounced relegation
        """,
    "music": """
        singer* sänger* band bands album* song songs concert* konzert* tour-dates
        guitarist* gitarrist* drummer* pianist* composer* komponist* orchestra*
        orchester* lyrics vinyl rapper* choir chor chart-topping sinfonie* symphony
        symphonies opera oper opern musician* musiker* queen-band gig gigs frontman
        frontwoman bassist* single debut-album violinist* jazz
        """,
    "arts": """
        film films filme movie movies actor* actress* schauspieler* painter* maler*
        painting* gemälde* museum* museen exhibition* ausstellung* novel* roman romane
        poet* dichter* sculpt* theatre* theater* comedian* komiker* comic comics
        director* regisseur* cinema* kino kinos western artist künstler* gallery
        gallerie* prado galerie* series-finale hollywood sitcom* author*
        schriftsteller* biopic* biography oscar oscars ballet bühne premiere malerei
        """,
    "places": """
        river* fluss flüsse ufer lake* see-ufer mountain* berg berge valley* tal
        village* dorf dörfer town* county counties bridge* brücke* island* insel inseln
        beach* strand coast* küste* peninsula bay canyon* creek* hafenstadt* stadtteil*
        stadtrat* bürgermeister* mayor* council* residents anwohner* einwohner* suburb*
        neighbourhood* neighborhood* province* prefecture* basin waterfall* tributar*
        nebenfluss* harbour harbour-wall quay downstream upstream district landkreis*
        municipal* gemeinde*
        """,
    "weather": """
        storm* sturm* hurricane* orkan* flood* hochwasser* überschwemm* rain rainfall*
        regen snow* schnee* drought* dürre* wildfire* waldbrand* blaze* typhoon*
        taifun* tornado* cyclone* heatwave* hitzewelle* meteorolog* landfall gust*
        gusts forecaster* unwetter* wetterdienst*
        """,
    "military": """
        soldier* soldat* troop* truppe* army armee artillery artillerie* shelling
        frontline* front-line brigade* battalion* bataillon* warship* kriegsschiff*
        nato offensive invasion* grenade* regiment* bombard* mortar*
        """,
    "crime": """
        murder* mord mörder* robber* räuber* shooting* gunman* gunmen victim* opfer
        convicted prison* gefängnis* burglar* einbrecher* suspect* verdächtig*
        homicide* stabbing* sheriff* polizei police police-officer*
        """,
    "politics": """
        election* wahl wahlen premier president* präsident* minister* senator*
        parliament* bundestag* campaign* kandidat* candidate* governor* republican*
        democrat* partei parteien koalition* tory labour-party lawmaker* congressman*
        congresswoman* ballot* polls kanzler* voters wähler*
        """,
    "disease": """
        disease* krankheit* virus* variant* variante* strain strains infection*
        infektion* epidemic* pandemic* pandemie* syndrome* symptom* fever fieber
        inflammation* entzündung* outbreak* sars-cov-2 covid* tumor* tumour*
        """,
    "myth": """
        god gods gott götter goddess* göttin* myth* sage sagen legend legends deity
        deities temple* tempel* greek griechisch* roman-god römisch* saint heilige*
        church* kirche* gottesdienst* priest* pfarrer* bishop* bischof* zodiac
        horoscope* horoskop* astrolog* sternzeichen retrograde
        """,
    "science": """
        algebra matrices matrix equation* gleichung* theorem* regression* physics
        physik* molecule* molekül* researchers-found ionosphere* atom atoms electron*
        mathemat* geometry geometrie* chemistry-class textbook* lehrbuch* philosoph*
        sociolog* soziolog* mercury-levels thermometer* toxic* poison* element
        periodic-table isotop*
        """,
    "everyday": """
        breakfast frühstück* recipe rezept wedding* hochzeit* childhood kindheit
        grandmother* großmutter* grandfather* großvater* obituary obituaries nachruf*
        funeral* beerdigung* crossword* kreuzwort* holiday-tips horse-race
        pferderennen* thoroughbred* jockey*
        """,
}

SUBJECTS = frozenset(_SUBJECTS)


def _index() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    whole: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    for sector, words in (*_TRADES.items(), *_SUBJECTS.items()):
        for word in words.split():
            book = stems if word.endswith("*") else whole
            book.setdefault(word.rstrip("*"), []).append(sector)
    return (
        {word: tuple(found) for word, found in whole.items()},
        {word: tuple(found) for word, found in stems.items()},
    )


_WHOLE, _STEMS = _index()
_LONGEST = max(map(len, _STEMS))


def sectors_of(word: str) -> tuple[str, ...]:
    """Name the trades and subjects a (lower-case) word speaks of."""
    found = list(_WHOLE.get(word, ()))
    for end in range(3, min(len(word), _LONGEST) + 1):
        found.extend(_STEMS.get(word[:end], ()))
    for start in range(3, len(word) - 4 if len(word) > 9 else 0):
        found.extend(_WHOLE.get(word[start:], ()))  # Großhandel, Autokonzern
        found.extend(_STEMS.get(word[start:], ()))
    return tuple(dict.fromkeys(found))


def tally(words: Iterable[str]) -> Counter[str]:
    """Count how often each trade or subject is spoken of, two-word terms included."""
    counts: Counter[str] = Counter()
    last = ""
    for word in words:
        counts.update(sectors_of(word))
        if last:
            counts.update(_WHOLE.get(f"{last}-{word}", ()))
        last = word
    return counts
