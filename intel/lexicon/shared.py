"""Words that many a company shares with the world: ordinary words, people, myths. Pure.

A company called one of these needs more than its bare name to be recognised.
"""

import re

from intel.words import listed

_WORDS = """
able access ace acorn act action active adapt aim air alarm alert align alive alliance
alpha alpine alto amber anchor angle answer apex apple arc arch arena argo ark arrow ash
aspect aspen asset atom attest audit aura axis axle badge balance bamboo band bank bar
bark base basis bay beacon beam bear beat bee bell benchmark better big bird bit black
blaze blend block bloom blossom blue board boat bold bolt bond boost border boss bounce
bow box brain branch brand brave bread breeze brick bridge bright broad brook brown
bubble buffer build bumble bundle buzz cabin cable cake calm camp canary candid canvas
cape capital caption cardinal care cargo carrot cascade case cast castle catalyst catch
cave cedar cell center central certain chain chalk champion change channel charge charm
chart chase check cherry chess chief chime choice chorus cider circle circuit citizen
city civic claim clarity class clay clean clear clever click cliff climb clipper clock
close cloud clover club coach coast coda code coin collective colt comet comfort common
compass concert condor connect constant contact continental control copper coral core
corner cosmos coup courage course cove cover craft crane credible creek crest crew
crimson cross crown crystal cube current cursor curve cyan cycle daily dash dawn day
deal decision deep deer delight deliver delta den depth desk dice direct discord
discover dispatch dive dock domain domino door dot dove draft dragon dream drift drip
drive drop drum dusk dust eagle early earth east easy echo eclipse edge elastic electric
element elephant elevate elm ember emerald empower endeavor engine enigma entrust envoy
epic epoch equinox era essence eternal even ever evergreen everest evolve exact excel
expert express eye fable fabric face factor fair faith falcon family fancy fast feather
fern fever field fig figure final finch find fire first fish fit flag flame flare flash
fleet flex flight flint float flock flow fluent flux fly focus fold forest forge form
formal fort fortune forum forward fossil foundation fountain fox frame free freedom
fresh friend front frontier frost fruit fuel full fuse fusion future gain galaxy gap
garden gate gather gem general genesis gentle giant glacier glass gleam globe glow gold
good grace grain grand granite grape graph grass gravity great green grid grip ground
group grove grow growth guard guide gulf gusto halo hammer hand happy harbor harbour
harmony harvest hatch haven hawk hazel head health heart heat hedge helix hello helm
help hero heron hill hive holly home honest honey honor hood hook hop hope horizon horn
house hub human humble hunter ideal idea image impact impulse index indigo infinity
inform ink insight inspire instant intent intercom iris iron island ivory jade jaguar
jasper jet jewel join journey joy jump juniper just keen keep kernel kestrel key kind
kite knight knot knowledge lab labs ladder lake lamp lance land lantern lark laser
lattice laurel lava lead leader leaf lean leap ledger legacy legend lemon lens level
lever liberty life lift light lighthouse lily lime linear link lion liquid list little
live local lock lodge loft logic long look loom loop lotus loud lucid luck lumen luna
lunar lynx lyric magic magnet magnolia main major mango map maple marble march mark
market marvel mask mason mass master match matrix matter maverick maze meadow measure
medal mellow melody memo merge merit mesh message meteor method metric midnight mile
milestone mill mind mint miracle mirror mission mist mix mobile modal mode modern module
moment momentum monarch monday monitor moon moss motion motive mountain move muse mural
mustang mutual myth narrative nation native nature navy near nest net network new next
nexus night nimble noble node nomad noon north note notice notion nova novel now oak
oasis oath object ocean octopus offer olive omega omen one onyx opal open optic optimal
option oracle orange orbit orchard orchid order origin osprey otter outer outlook
outreach oval owl oxygen oyster pace pack paddle page paint palace palm panda panel
paper parade paragon parallel parcel park parrot partner pass patch path patriot pattern
pause pay peach peak pearl pebble pelican penguin people pepper perch perfect petal
phoenix piano pier pigment pillar pilot pine pinnacle pioneer pipe pitch pivot pixel
plaid plan plane planet plant plaza pledge plum plus pocket point polar pole polygon
pond pool poppy port portal post potion pound power prairie precision premier present
press pride prime principle prism pro probe process profit progress project promise
proof proper prose prosper proton proud public pulse puma pure purple push puzzle
pyramid python quantum quarry quartz queen quest quick quiet quill rabbit radar radial
radiant radius rail rain rainbow raven ramp range rapid ray reach ready real realm
reason rebel rebound record red reef reflect refuge regal relay relief remedy remote
render repeat rescue reserve resolve resonance result retool rev reveal rhythm ribbon
ridge right ring ripple rippling rise ritual rival river road robin rocket rock root
rope rose round route rover royal ruby rudder rush sable safe sage sail salt sand
sapphire satellite saturn savvy scale scarlet scene school scope scout script sea seal
season second secret secure seed segment select sense sequel serene series serve shade
shadow shape share shark sharp shell shelter shield shift shine ship shore signal silk
silver simple single siren sky slack slate sleek slice slope smart smile smooth snow
snowflake social sodium solar sole solid solution sonar song sonic soul sound source
south space spark sparrow spectrum speed sphere spice spin spiral spirit splash splunk
spoke sponsor spot sprig spring sprint sprout spruce spur square stable stack staff
stage standard star start state station steady stealth steam steel stem step stitch
stone storm story strata stratus stream street stride strike stripe strong studio style
sublime subway success sugar summer summit sun sunrise super sure surf surge swan sweep
sweet swift switch sword symbol symphony sync table tact tag tail talent talon tandem
tap target team teal tempo temple tempest tender terrace terra test theory thistle
thrive thunder tide tiger timber time titan toast token toll tone tool top topaz torch
total touch tower town trace track trade trail train transfer transit travel treasure
tree trek trend triangle tribe trident trio triumph true trust truth tulip tundra turbo
turn turtle twig twilight twin twist ultra umbrella union unison unit unity universal up
upside urban valiant valley value vanguard vantage vault vector velvet venture verse
vertex vibe victory view village vine vintage violet virgin virtue visa vision vista
vital vivid voice volt voyage wagon walnut watch water wave way web well west whale
wheat wheel whisper white wild willow wind window wing winter wire wisdom wise wish wolf
wonder wood word work world worth yellow yield young zebra zen zenith zero zest zone
zoom affirm asana brace caper drift figment gorillas hinge lemonade patreon plaid quip
retool segment spotlight tray twitch wayfair anthem caterpillar dollar dole general
gallery orient sunshine trinity compassion corona crocs dyson gala adler anker apfel bär
baum berg biber biene blume boden bogen brücke burg dachs diamant dom dorf drache eiche
einhorn eis elch elster erde esche esel eule fabrik fackel falke farbe feder feld fels
fenster feuer fichte fisch flamme flügel fluss forelle freiheit freude frosch fuchs
funke garten geist gipfel glanz glas glocke glück gold hafen hai hammer haus heimat held
herz himmel hirsch horizont hügel igel impuls insel jäger kaiser kamm karte kater kern
kette klee kleeblatt kompass könig koralle korn kraft kranich kreis krone kugel küste
lachs laterne lerche leuchtturm licht linde löwe luchs luft marder maus meer meister
merkur milan mohn mond morgen möwe mühle nadel nebel nelke nest netz nord norden
nordlicht nordstern nordsee ozean palme perle pfau pfeil phönix pinguin pirol platz
quelle rabe rad raum regen reh reiher ring ritter rose rot ruhe salz sand schatz schild
schloss schmiede schwalbe schwan see segel seide signal silber sommer sonne specht
spiegel spitze sprung stahl stein stern sturm süd tal tanne tau taube tiger tor turm
ufer uhu union veilchen vogel volt wald wasser weg welle welt wende west wiese wind wolf
wolke wunder wurzel zeder ziegel zukunft zweig aal ahorn amsel fink frische heimat
kiefer klar kurier mut nah neu ost pilger pionier rapunzel segler sprosse taktik
vorsprung wächter ware zeit
"""

_NAMED = """
achilles adonis aegis aeolus agora ajax alder aldebaran altair amazon andromeda antares
anubis aphrodite apollo aquarius aquila arcadia arcturus ares argus aries ariel artemis
athena atlantis atlas atlassian aurora avalon bacchus bellerophon boreas cadmus calypso
capricorn cassandra cassini castor centaur ceres chronos circe columbia cupid daedalus
daphne demeter diana dionysus eden electra elysium endeavour enterprise eos eros europa
excalibur freya gaia galahad galileo gemini goliath hades hector helios hera hercules
hermes hydra hyperion icarus io isis ithaca janus juno jupiter kepler kronos leda leo
libra loki lyra maia mars medusa mercury merlin midas minerva minos mithra morpheus
neptune nike noah odin odyssey olympia olympus orion orpheus osiris pallas pan pandora
pegasus penelope perseus phoebe pluto polaris pollux poseidon prometheus proteus ra rhea
samson sirius sphinx styx taurus thalia themis theseus thor titan triton troy ulysses
uranus valhalla vega venus vesta virgo vulcan zephyr zeus beta gamma epsilon zeta eta
theta iota kappa lambda sigma tau phi chi psi albion alaska alps amsterdam arizona aspen
athens atlanta austin avon babylon baltic bath berlin boston brighton bristol brooklyn
cambridge canterbury carolina chelsea chester chicago colorado cornwall cuba dakota
dallas danube darwin denver dover dublin durham essex florence geneva georgia hamburg
hamilton havana hudson india jackson java jersey jordan kent kingston lancaster lima
lincoln london madison malta manchester memphis milan montana nashville nevada nile
oregon oxford panama paris peru phoenix plymouth portland princeton providence reading
richmond rio rome sahara salem savannah siena sierra somerset suffolk surrey sydney
tampa texas tokyo toledo trenton troy tucson valencia vienna virginia warwick washington
wellington windsor york zurich bremen köln bonn essen münchen lübeck ulm baker barclay
bauer baxter becker bell bennett black bosch bowen bradley braun brooks brown buchanan
burton butler byrd campbell carlson carr carter chandler chase clark clarke cole coleman
collins cook cooper crawford cruz curtis dean dell dillon disney dixon douglas doyle
drake duke duncan dunn edison edwards ellis emerson evans everett faraday ferguson
fischer fisher fleming ford forbes foster franklin fraser freeman fuchs fuller gates
gardner garner gibson gilbert glover goldman goodman gordon graham grant gray green
griffin griffith hale hall hancock hansen harper harris harrison hart harvey hayes heinz
henderson henry hermann herzog hilton hoffmann holland holmes honda hopper houston
howard huber hughes hunt hunter irving jenkins jensen jobs johnson jones jung kaiser
keller kelly kellogg kennedy kepler kerr klein knight koch kraft krüger kramer krause
kraus lambert lang lange larson lawson lee lehmann levy lewis lloyd logan long lopez
lowe lucas maier marsh marshall martin mason maxwell mayer mcdonald merck meyer michaels
miller mitchell moore morgan morris morrison morse müller murphy murray nash nelson
newman newton nobel nolan norris norton oliver olsen otis otto owen page palmer parker
pascal patterson pearson perkins perry peters pfizer philips pierce porter powell pratt
preston price quinn ray reed reynolds rice rivers roberts robinson rogers rose ross
rossi roth russell ryan sanders sanford schmidt schneider schröder schubert schulz
schwarz scott shaw shepherd siemens simon singer smith snow spencer stanley stein stern
steward stewart stone sullivan sutton swift taylor tesla thomas thompson thomson tucker
turing turner tyson vance vogel volta wagner walker wallace walsh walter walters ward
warner warren watson watt watts weaver weber webster weiss wells west wheeler white
williams wilson winkler winter wolf wolff wood woods wright york young ziegler
zimmermann ferrari porsche bugatti daimler benz opel horch chanel dior armani versace
gucci prada lauder
"""

_THINGS = """
one two three four five six seven eight nine ten eleven twelve hundred first third eins
zwei drei vier fünf sechs sieben acht neun zehn elf zwölf bayer quill hawthorn thimble
lichen heather thicket bramble nettle clementine saffron basil thyme rosemary fennel
ginger nutmeg cinnamon vanilla almond pecan hazelnut cashew chestnut sycamore cypress
birch elder rowan yew larch poplar magnolia camellia azalea dahlia lavender jasmine
marigold peony primrose bluebell snowdrop foxglove iris daffodil badger beaver bison
buffalo bull camel cheetah cobra cougar coyote crow dolphin donkey egret fawn ferret
flamingo gazelle gecko goose grizzly hare hornet hummingbird ibex ibis iguana jackal
kangaroo kingfisher koala lamb lemur leopard llama lobster magpie mallard manatee marten
meerkat mole moose moth narwhal newt nightingale orca ostrich oriole partridge peacock
peregrine pheasant pigeon plover porcupine puffin quail raccoon ram reindeer rhino
rooster salamander salmon sandpiper scorpion seahorse skylark sloth squid squirrel stag
stallion starling stork swallow tapir tern thrush toucan trout viper vulture walrus
warbler wasp weasel wren yak husky collie beagle lantern beaker beehive bellows bobbin
bonnet bottle bracket brush bucket buckle button candle canoe cannon carousel chisel
clamp cleaver cloak coaster cradle crucible cushion dagger dial drill easel envelope
faucet fiddle flask flute funnel gauge gavel goblet grid hammock harness harp hatchet
hinge hourglass inkwell jigsaw kettle lasso latch lute mallet mandolin marker needle
notebook organ paintbrush pan parasol pencil pendulum pickaxe pillow plough plow pulley
quiver raft rake ratchet razor reed rudder ruler saddle scissors scroll shuttle sickle
sieve slingshot spade sparkplug spindle spoon stencil stirrup strap suitcase tambourine
tassel tether thread thresher tinder tongs trampoline trapeze trowel trumpet tweezers
typewriter velcro violin whistle wrench yoke zipper abbey acorns alley archway attic
balcony barn barrack basement bastion boulevard bunker campus cathedral chapel chateau
citadel cloister cottage courtyard dome embassy farm fortress gateway hangar homestead
keystone lodgepole manor mansion market mill monastery observatory outpost parlor
pavilion plateau quarter rampart ranch refinery sanctuary silo stable steeple stockade
tavern terminal turret viaduct villa warehouse windmill alchemy anthem apricot artisan
astro aurum avenue avocado axiom backbone ballast baseline beyond bloomfield blossom
blueprint breakthrough brightside caravan cascade cedarwood chapter cinder clarion
classic clearwater confluence contour courier crossroads crux daybreak daylight digest
doorway dragonfly duet earthquake echoes effect ensemble epoch ether fathom firefly
fireside flourish footprint foundry framework freestyle frequency gallop genius glimpse
gradient greenhouse guild gust halcyon handshake headway headwind hearth heartbeat
hemisphere highland hindsight honeycomb hurricane huddle inception ignite inkling
interlude intuition jubilee keynote landmark landslide limelight litmus longitude magma
mainstay mayflower meridian mosaic moonlight moonshot neighbor neighbour nightfall
oblique obsidian odyssey offshoot onward outpace overture panorama parallax passage
pathway patina penumbra perennial perspective plethora polaroid postscript preface
prelude primer prologue promenade quintessence reactor redwood relic resolute resonate
retreat reverie riverbed rocketship saga sapling scaffold seaside sequoia serenade
sextant shoreline skyline slipstream snapshot solace solstice sonata spectra splinter
springboard stampede starlight stellar stepping stardust stratos sunbeam sundial sunset
supernova tailwind tapestry tectonic telescope thesis thousand threshold timber
tradewind tributary trillium tundra undertow upstream vanish vertigo vestige vignette
vortex waterfall watershed wayfinder whirlwind wildfire windfall wonderland woodland
zeppelin zigzag anchor bismarck bentley bradford burgundy cadillac calder camden canton
carlisle casper catalina chesapeake cheyenne clifton clyde concord corinth cordoba
crimea croydon cumberland dakar dalton damascus darlington delaware delphi derby devon
doncaster dorset dundee eton everglades exeter fairfax falkirk falmouth fargo fremont
fulham galway genoa georgetown gloucester granada greenwich guilford hampton harlem
harrogate harwich hastings helena henley hereford huntington idaho inverness ipswich
ithaca kenya kensington kerry kilkenny lausanne leeds leicester lexington lisbon livorno
lorraine lowell lucerne luton madrid maldon marlow marseille mersey mesa modena monaco
monterey montreal monza napa naples navarre newark newport norfolk normandy norwich
oakland odessa ohio omaha orlando ostend oslo padua palermo pasadena pembroke perth pisa
potomac prague preston quebec queens raleigh ravenna reno rhodes richmond riga rochester
rugby rutland salford salisbury santiago saratoga seattle seville shasta sheffield
shetland sicily sofia sonoma sparta stafford stanford stirling stockholm stratford
surrey swansea tahoe tallinn telluride thames tiber tucson tulsa turin tuscany tweed
tyne ulster utah utrecht verona versailles vesuvius victoria volga wakefield warsaw
waterloo wexford whitby wimbledon winchester windermere woodstock worcester wyoming yale
yukon zagreb potsdam trier worms mainz kassel weimar jena gera celle goslar fulda hanau
speyer passau bamberg coburg erlangen fürth ansbach lindau konstanz ravensburg
reutlingen aachen bergen bingen bochum borken brilon bünde cham coesfeld dachau dorsten
emden erfurt fehmarn forst gotha greiz gronau halle hameln hamm herne hof husum iserlohn
kamen kiel kleve leer lemgo lünen marl minden moers neuss norden plauen rheine rostock
siegen soest stade unna varel velbert verden wesel wetzlar xanten zwickau rhein elbe
oder mosel neckar weser saale spree isar inn havel ruhr lahn nahe ems harz eifel
spessart rhön allgäu
"""
_PLACELIKE = re.compile(
    r".{3,}(?:crest|wood|field|dale|ton|ville|burgh?|haven|brook|ridge|ford|bury|hurst|ham"
    r"|stone|land|port|view|side|gate|hill|lake|creek|shire|worth|combe|minster|mouth|wick"
    r"|berg|stadt|dorf|heim|hausen|bach|tal|see|furt|brück|wald|feld|hof)"
)

ORDINARY = listed(_WORDS) | listed(_THINGS)
NAMED = listed(_NAMED)

FIRST_NAMES = listed(
    """
    aaron abigail adam adele adrian agnes aisha alan albert alberto alejandro alex
    alexander alexandra alexis alfred ali alice alison amanda amelia amy ana andre
    andrea andreas andrew andy angela anita anke ann anna anne annette anthony antonio
    anja arnold arthur astrid audrey axel barbara beate beatrice ben benjamin bernd
    bernhard bert betty bill billy birgit bob bobby brad brandon brenda brian bruce
    bruno bryan calvin carl carla carlos carmen carol caroline carsten catherine cathy
    cecilia celine charles charlie charlotte chris christa christian christiane
    christina christine christoph christopher cindy claire clara claudia claus clemens
    connor craig cynthia daisy dan daniel daniela danny darren dave david deborah denis
    denise dennis derek detlef diana diane dick diego dieter dirk dmitri dominic
    dominik don donald donna doris dorothy doug douglas duncan dwayne dylan eberhard ed
    eddie edgar edith eduardo edward elaine eleanor elena eli elias elisabeth elizabeth
    ella ellen elon elsa emil emily emma enrico eric erica erich erik erika ernst
    esther eugene eva evan evelyn fabian felix fernando florian frances francesco
    francis francisco frank franz fred freddie frederick friedrich fritz gabriel
    gabriela gareth gary gavin geoff george gerald gerd gerhard gina giovanni giulia
    glenn gloria gordon graham greg gregory greta guido guillermo gunter günter günther
    hannah hanna hannes hanno hans harald harold harriet harrison harry heather heidi
    heike heiko heinrich heinz helen helena helene helga helmut hendrik henning henri
    henrik henry herbert hermann hieronymus holger horst howard hubert hugh hugo ian
    igor ingo ingrid irene isabel isabella ivan jack jackie jacob jake jakob james jan
    jana jane janet janine jason javier jean jeff jeffrey jenna jennifer jenny jens
    jeremy jerry jessica jesus jim jimmy joachim joan joanna joe joel joerg johan
    johann johannes john johnny jon jonas jonathan jordan jorge jose josef joseph josh
    joshua juan judith judy jules julia julian juliane julie jürgen justin jutta kai
    karen karin karl karsten katarina kate katharina katherine kathleen kathrin kathy
    katie katja katrin keith kelly ken kenneth kerstin kevin kim kirsten klaus konrad
    kristin kurt kyle lara larry lars laura lauren lea leah lena leo leon leonard
    leonie leslie lewis liam lillian linda lisa logan lorenzo lothar louis louise luca
    lucas lucia lucy ludwig luis luisa luke lukas lutz lydia madeleine magdalena maggie
    malcolm manfred manuel manuela marc marcel marco marcus margaret margarete maria
    marianne marie mario marion markus marta martha martin martina mary mathias matt
    matthew matthias maureen maurice max maximilian megan mehmet melanie melissa meike
    michael michaela michelle miguel mike mohamed mohammed monica monika moritz
    muhammad nancy naomi natalie nathan neil nick nicholas nico nicola nicole niklas
    nikolaus nils nina noah norbert nora norman oleg olga oliver olivia oscar oskar
    otto owen pablo pamela pat patricia patrick paul paula pauline pedro penelope peter
    petra philip philipp phil phillip pierre rachel rainer ralf ralph ramon raphael
    raymond rebecca regina reiner reinhard renate rene rené ricardo richard rick rita
    rob robert roberto robin rodrigo roger roland rolf roman ron ronald rosa rosemary
    rosie ross roy rudolf rüdiger russell ruth ryan sabine sally sam samantha samuel
    sandra sara sarah sascha scott sean sebastian sergei sergio sharon sheila shirley
    siegfried silke silvia simon simone sofia sonja sophia sophie stacy stefan stefanie
    stella stephan stephanie stephen steve steven stuart sue susan susanne suzanne sven
    sylvia tanja tara ted teresa terry theo theodor theresa thomas thorsten tim timo
    timothy tina tobias todd tom tommy tony torsten tracy udo ulf ulrich ulrike ursula
    usain uta ute uwe valentin valerie vanessa vera verena veronica veronika victor
    victoria viktor vincent virginia vladimir volker walter wanda wayne wendy werner
    wilhelm william wolfgang xavier yannick yasmin yuri yvonne zachary zoe
    """
)


def is_shared(word: str) -> bool:
    """Say whether a one-word name is also a common word, person, place or myth."""
    low = word.casefold()
    if low in ORDINARY or low in NAMED or low in FIRST_NAMES:
        return True
    return bool(_PLACELIKE.fullmatch(low))
