"""Surnames that say little by themselves: the common ones, and those that are words."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON_SURNAMES = _words(
    """adams alexander allen alvarez anderson andrews armstrong arnold bailey baker barnes bell
    bennett brooks brown bryant burns butler campbell carroll carter castillo chavez chen clark
    cole coleman collins cook cooper cox crawford cruz cunningham daniels davis diaz dixon duncan
    dunn edwards elliott ellis evans ferguson fernandez fisher flores ford foster fox freeman
    garcia gardner gibson gomez gonzales gonzalez gordon graham grant gray green greene griffin
    gutierrez hall hamilton harris harrison hart hawkins hayes henderson henry hernandez hicks
    hill holmes howard hudson hughes hunt hunter jackson james jenkins jimenez johnson jones
    jordan kelly kennedy kim king knight lawrence lee lewis long lopez marshall martin martinez
    mason matthews mccoy mcdonald medina mendoza miller mills mitchell moore morales moreno morgan
    morris murphy murray myers nelson nguyen nichols olson ortiz owens palmer parker patel
    patterson payne perez perkins perry peters peterson phillips pierce porter powell price ramirez
    ramos reed reyes reynolds rice richardson riley rivera roberts robertson robinson rodriguez
    rogers romero ross ruiz russell ryan sanchez sanders schmidt scott shaw silva simmons simpson
    singh smith snyder spencer stephens stevens stewart stone sullivan taylor thomas thompson
    torres tran tucker turner vargas vasquez wagner walker wallace ward warren washington
    watkins watson weaver webb weber wells west wheeler white williams wilson
    wong wood woods wright young"""
)
"""Surnames that many people bear who stand on no roster."""

WORD_SURNAMES = _words(
    """abbey abbott abel able ace acre adder ago airs alley alms alter amber ambrose amen ames an
    anchor angel angle apple april arch archer arm arms art ash asher august autumn back bacon
    badger bail bailey baker ball banks bar barber bard barker barley barn baron barrel barrow
    base bass bates bath batter battle bay bays beach beal beam bean bear beard beers bell belt
    bench bender berry best bias bible bill bills bird birch bishop bitter black blade blank blast
    blaze blessing blind bliss block blood bloom blow blue blunt bold bolt bond bone bones book
    booker boot booth border boss bow bowl bowler bowman box boy boys brace branch brand brandy
    brave bread breeze brewer brick bridge bridges bright britain broad brook brooks broom brown
    brush buck bud bull bullock burden burn burns bush butcher butler butter button buzz cage cain
    cane candy cannon canon cape card care carp carpenter carr carver case cash castle cave chain
    chamber chambers champion chance chancellor chandler chaney chapel chaplain chapman charity
    chase cheek cherry chess chew child childs chin china choice christian church city clay cliff
    close cloud clover coach coal coats cobb cock coffee coffin coin cole collar collier colt
    comb comer conner conway cook cool coon cooper copper cord corn corner cost cotton counts
    couch court cousins cover cow cox crab craft crane crisp cross crow crowd crown cruise crumb
    cry cup curry dale dame dance dark darling dart dash dates dawn day days deal dean dear death
    deer dell dent dew dial dice dick diehard dill dime dine diver dock doe dollar dolphin doss
    dove dow down downs drain drake draper draw drew drew driver drum drummer duck duke dunk dust
    dyer eagle early earth easter eastern east easy edge elder elder ella else english esquire
    even ever fair fairy faith falcon fall falls farmer farrier fast father favor fawn fear feast
    feather fee fell fence fern ferry few field fields fight file fine finger finn fire first
    fish fisher fitch flag flame flash fleet flint flood flower flowers fly flynn fog folks folly
    foot force ford foreman forest fork fort forth fortune foster fountain fowler fox frank free
    freed freeman french friday friend frost fry fudge fuller funk furlong gabble gain gale gallant
    game gamble garden gardener garland garner garrison gate gates gaze gem general gentle gentry
    george giant gibbet gift gill given glad glass glover goad goat gold golden good goodman
    goodnight goods goose gore grace grain grand grange granger grant grass grave graves gravel
    gray green greenfield grey grice griffin grim grip groom gross ground grove grow grubb guard
    guess guest guide gully gun gunner guy hack hail hair hale hall halls ham hammer hammond hand
    handy hanger happy harbor hard hardy hare harm harp harper hart haste hatch hatcher hawk hay
    hays haze head heal heard heart hearth heat heath heaven hedge held helm help hem hen herald
    herb herd herring hick high hill hills hitch hobby hogg hold holder hole holiday holland
    hollow holly holmes home honey hood hook hooker hooks hope hopper horn horne horse hose host
    house huff hull humble hunt hunter hurdle hurst hurt hush hutch ice inch india ireland iron
    ivory ivy jack jade jail jay jean jewel job jolly joy judge jug july jump june junk justice
    keel keen keep keeper kettle key keys kid killer kind king kiss kitchen kite knight knock
    knot lace ladd lady lake lamb lamp lance land lane lark lash last latch law lawless lawn laws
    lay lea leaf lean leap lease leather leech lemon lent less levy light lightning lily lime line
    link lion list little lively lock locke lodge loft lone long look loop lord loss lot love
    loved lovely low lowe luck lucky lull lunch lung lyon major malice mall man manger mann manner
    manor maple marble march mark marker market marks marsh marshal marshall mast master may mayor
    mead meadow meadows means mellow mercer merchant mercy merit merry metal mild miles mill
    miller mills miner mint miracle miss mist moat mock mode mole monday money monk moody moon
    moor moore more morning morrow moss most mother mount mountain mouse mouth mullet mundy muse
    mustard nail name nation nay near neat neck need needle neighbor nest new newcomer newman news
    nice nickels night nightingale noble noon nor north northern nurse nut oak oaks ocean odd offer
    olive on onion orange orchard organ otter outlaw over overall owl owner pace pack page pages
    pain paint painter pair palace pale palm palmer park parker parks parson parsons part partridge
    paste patch pate path patience patrick pay peace peach peacock pear pearl pease peck peel
    peer pen penny pepper perch perfect person petty pharaoh pick pickle piece pierce pike pilgrim
    pillow pine pink pipe piper pitcher pitt pitts place plain plane plant plants plate plaster
    play player plum plumber poe pole pollard pond pool poole poor pope poppy port porter post
    potter potts pound pounds power powers pray precious press price pride priest prince print
    prior pro prophet proud pryor purple purse quail queen quick quiet rabbit race rail rain raines
    rains rake ram rambo ranger rank ransom rash rate raven ray reach read reader real reason redd
    reed reef register rest reward rice rich riches rider ridge riding rigger right ring risk
    rising rivers road roads roach robe robin rock rockets rode rogers roller roman romans roof
    room roper rose ross rough round rouse rover row royal rubble ruby ruff rule rumble rush
    russet rust sable sack saddler sage sail saint sale sales salmon salt samples sand sander sands
    savage savory sawyer say scales score scott sea seal seals search seat see seed sell senior
    serene service settle sewer sexton shade shadow shafer shank sharp shave sheets shell shepherd
    sheriff shield shine shines ship shipper ship shirt shoe shook shoemaker shore short shots
    shower shrader sick side sides sign silence silk silver simple single singer singleton sink
    sip skinner slack slate slaughter sleeper sleight sling slim sloan slow small smart smiles
    smith smoke smooth snail snell snow sole somers son song south southern spark sparks sparrow
    speaker spear speed spell spells spence spence spencer spicer spikes spring springer springs
    spurs square squire stack staff stage stain stall stamp stamps standard stanton star stark
    starling starr start state states stead steed steel steele stem step stern steward stewart
    still stitch stock stocks stone stones storm story stout strange stranger straw street streets
    strength strike stringer stroll strong stubbs student stump sturdy style such sugar summer
    summers sunday sun supper sweat sweet swift swim sword table tackett tailor tally tan tanner
    tarry tate taylor teal teller temple tempest tent terry terrell thatcher thick thing thorn
    thorne thrash thrasher thrower tide till tiller timber time tin tinker tips toll toler tomb
    toner toole topp torch tower town towns trail train trainer trainor treasure tree trick trim
    trip trout troy truck true truelove trump trust trusty tuck tucker turner twigg twist tyler
    umber under union upright usher vale valentine van vane vale vaughn venture vest vicar vice
    victor vine vines virgin virtue vogue voice wade wager wagner wagoner wait waite wake wales
    walk walker wall walls war ward ware warner warren wash washer watch water waters waterman
    watts way ways weapon weather weaver webb weeks well wells welch were west western whaley
    wheat wheel wheeler whistle whip white whitehead whites wick wide wild wilder wiley will
    willing wills wills win wind window winds wine wing wings winner winter winters wire wise
    wish wolf wolfe wonder wood woodcock woods woody wool word work workman works world worth
    worthy wray wren wright yard yarn yeoman yew yield york young younger youth zeal
    who so do he ho in is it me my no of or she the to up us was we you ok oh am as at be by go if
    sun san los las santo paris london london berlin houston dallas austin boston lincoln madison
    jackson washington jefferson monroe cleveland denver phoenix orlando charlotte aurora raleigh
    lancaster worcester cambridge oxford bristol richmond windsor hampton newton salem milton
    florence vienna dublin geneva lourdes bedford berkeley hamilton sheridan houston clinton grant
    israel jordan chad georgia virginia carolina dakota cuba"""
)
"""Surnames that are words of everyday English, or names of well-known places."""

EVERYDAY = _words(
    """able about above academic accept access account across act action active activity actual
    add address administration administrator adult advance advantage advice affairs after again
    against age agency agent agreement air alert all alliance allow alone along already also
    alternative always amazing american among amount analysis analyst ancient and animal
    announcement annual another answer any anyone anything apartment appeal appeals application
    apply appointment approach approval area arms army around arrest art article ask assembly
    assessment asset assistance assistant associate association attack attention attorney
    auction audio audit author authority auto automatic available avenue average award away
    baby back background bad balance band bank banking base basic basis beach beautiful because
    become before begin beginning behavior behind being believe below benefit benefits best
    better between beyond big bill bit block blog board body book books both bottom branch
    break brief bring broadcast brother browser budget build builder building bulletin bureau
    business busy button buy buyer cable calendar call camera campaign campus can candidate
    capital captain car card cards care career case cash casino catalog category cause cell
    center central centre century certain certificate chair challenge change channel chapter
    character charge chart check chief child children choose chronicle circle citizen civil
    claim class classic clean clear click client clinic clinical close clothing cloud club
    coach coalition coast code collection college color column combat comedy comfort coming
    command comment commerce commercial commission committee common communication
    communications community company comparison compete competition complaint complete computer
    computing concept concern concert condition conference confidential congress connect
    connection connections conservative consider construction consultant consulting consumer
    contact content contents contest contract control copy copyright core corporate corporation
    correct correction corrections cost council counsel count country county couple course
    court cover create creative credit crew crime criminal critical culture currency current
    custom customer customers cycle daily damage data database date daughter day deal dealer
    deals dear death debate debt decide decision deep defense degree delivery demand department
    deposit deputy design designer desk detail details development device dial diet different
    difficult digital direct direction director directory disability discount discovery
    discussion disease display distance distribution district division doctor document domain
    double down download dream drive driver drop drug due during duty each early earth easy
    economic economy edge edition editor education effect effort eight either election electric
    electronic electronics element email emergency employee employees employment empty end
    energy engine engineer engineering enough enter enterprise entertainment entire entry
    environment equal equipment error escape essential estate european evening event events
    every everyone everything evidence example excellent exchange executive exercise experience
    expert explorer export express extra eye face fact factory faculty failure fair faith
    family famous fantasy farm fashion fast father federal federation feed feedback feel fellow
    female festival few field fight figure file film final finance financial find fine fire
    firm first fiscal fish fit five fix flight floor focus folder follow food foot football
    forecast foreign form format former forum forward foundation four frame fraud free freedom
    fresh friend friends front full fun function fund funding funds furniture future gallery
    game games gang garden gas gate gateway general generation get gift gifts girl give global
    goal gold good government grade graduate grand graphics great ground group groups growth
    guarantee guest guide gun guy half hand handle hard hardware head heading health hearing
    heart heat heavy help helper here heritage hidden high highway history hit home honor hope
    hospital host hosting hot hotel hour house household housing how huge human idea image
    images immediate impact important improve inc income increase independent index individual
    industrial industry information initial initiative injury inn input inside inspection
    install instant institute instruction insurance intelligence interest interior internal
    international internet interview introduction inventory invest investigation investigations
    investment investor invoice island issue issues item items job jobs join joint journal
    judge jump junior just keep key kids kind kitchen know knowledge labor lady land language
    large last late latest launch law lawyer lead leader leadership leading league learn
    learning lease least leave legal legend lender letter level liability liberty library
    license life light limit limited line link linux list listing literature live living loan
    loans local location log logic login logo long look lost lottery love low lower luck lunch
    luxury machine magazine mail mailer mailing main maintenance major make making male man
    manage management manager manual many map marine mark market marketing marketplace master
    match material matter may mayor meal meaning measure media medical medicine medium meeting
    member members membership memo memorial memory men menu merchant message messages messenger
    metal method metro middle might military million mind mini minister minor minute mission
    mix mobile mode model modern moment monday money monitor month monthly more morning
    mortgage most mother motion motor mountain mouse move movement movie moving much multimedia
    municipal museum music must mutual name national nations native natural nature navy near
    need needs negative neighbor network networks never new news newsletter newspaper next
    night nine nobody non normal note notes nothing notice notification now nuclear number
    nurse object ocean offer offers office officer offices official offline oil old once one
    online only open opening operation operations operator opinion opportunity option options
    oral orange order orders ordinary organization original other others out outlet output
    outside over overall own owner pack package page pages pain panel paper parent parents part
    partner partners party pass passage password past patent path patient patrol pattern pay
    payment peace pension people percent perfect performance period permit person personal
    personnel pharmacy phone photo physical picture piece pilot place plan plane planning plans
    plant platform play player players please plus pocket point points police policy political
    politics pool poor popular population port portal portfolio position positive possible post
    postal poster potential power practice premium present president press pretty prevention
    preview price prices primary prime print printer printing prison privacy private prize pro
    problem procedure process processing produce producer product production products
    professional professor profile profit program programs progress project projects promotion
    proof property proposal protection protocol provider public publication publisher
    publishing purchase purpose quality quarter question questions quick quote race radio rail
    range rank rate rates ratio raw read reader reading ready real realty reason receipt recent
    reception record recorder records recovery red reference reform region regional register
    registration regular related relations release relief remember remote removal rent rental
    repair replacement reply report reporter reports representative republic request requests
    requirement research reserve resident resort resource resources response rest restaurant
    result results retail return revenue review reward right rights risk river road robot rock
    role room root round route routine rule rules run running rural safe safety salary sale
    sales same sample satellite save saver savings scale scene schedule scheme school science
    scientific scope score screen script search season seat second secret secretary section
    sector secure securities security select selection self sell seller senate senior sense
    sentence series serious server service services session set settlement setup seven several
    severe shadow share shares sheet shift ship shipping shop shopper shopping short should
    show shows side sign signal signature silver similar simple single sister site sites six
    size skill skills sleep slow small smart smile smoke social society soft software solar
    soldier solution solutions some someone something son song sort soul sound source south
    space spam speaker special specialist sports spot spring staff stage stand standard
    standards star start state statement states station statistics status stay step stock
    stocks stop storage store stores story strategic strategies strategy stream street stress
    strong structure student students studio study stuff style subject subscriber subscription
    success such suit summary summer sun super supplies supply support supreme sure surface
    surgery survey suspect sweet swift switch symbol system systems table tail take talk tank
    target task tax team tech technical technique technologies technology teen telecom
    telephone television tell temporary ten term terms terrorist test testing text thank thanks
    the theater them then theory there these they thing things think third this those thousand
    thread three through thursday ticket tickets tiger time times tip tips title today together
    tom tomorrow tone tonight tool tools top topic total touch tour tourism toward town toy
    track trade trader trading tradition traffic trail train trainer training transaction
    transfer transit translation transport transportation travel traveler treasury treatment
    trial trip trouble truck true trust truth tuesday turn tutorial twelve twenty two type
    under union unique unit united university until update updates upgrade upper urban urgent
    usage use used user users vacation valley value values van variety vehicle vendor version
    vice victim victory video view village virtual virus vision visit visitor visitors vital
    vocal voice volume vote wait walk wall want war warning warranty washington watch water
    wave way weapon wear weather web webmaster website wedding wednesday week weekend weekly
    weight welcome welfare well west western what wheel when where whether which while white
    whole wholesale why wide width wild will win wind window windows winner winter wireless
    wish with witness woman women word words work worker workers working works workshop world
    worth writer writing wrong yard year years yellow yesterday yet you young your youth zero
    zone"""
)
"""Other words of everyday English, which rosters taken from lists and headers hold as names."""
