"""What is generally known of American names and ranks. No list here knows any trove or roster.

Given names and surnames are the commonest ones of the United States census; nicknames are the
usual ones. All words are folded: lower case, no diacritics.
"""

from __future__ import annotations

from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN = _words(
    """aaron abby abigail abraham ada adam adrian adriana adrienne agnes aidan aimee aisha al alan
    albert alberto alec alejandro alex alexa alexander alexandra alexis alfonso alfred alfredo
    alice alicia alison allan allen allison alma alvin alyssa amanda amber amelia amir amy ana
    andre andrea andres andrew andy angel angela angelica angelina angelo angie anita ann anna
    anne annette annie anthony antoine antonio april ariana ariel arlene armando arnold arthur
    arturo ashley aubrey audrey austin autumn ava avery barbara barry beatrice becky belinda ben
    benjamin bernadette bernard bernice bert bertha bessie beth bethany betsy betty beverly bill
    billie billy blake blanca bob bobbie bobby bonnie brad bradford bradley brady brandi brandon
    brandy brenda brendan brent bret brett brian brianna bridget britney brittany brooke bruce
    bryan bryant bryce caitlin caleb calvin cameron camille candace candice carl carla carlos
    carlton carmen carol carole caroline carolyn carrie carroll cary casey cassandra catherine
    cathy cecelia cecil cecilia cedric celia cesar chad charlene charles charlie charlotte chase
    chelsea cheryl chester chris christa christian christie christina christine christopher
    christy cindy claire clara clarence clark claude claudia clay clayton cliff clifford clifton
    clint clinton clyde cody colin colleen connie connor constance cora corey cory courtney craig
    cristina crystal curtis cynthia daisy dale dallas damon dan dana daniel danielle danny darla
    darlene darnell darrell darren darryl daryl dave david dawn dean deanna debbie deborah debra
    delia della delores denise dennis derek derrick desmond desiree devin devon dewayne dexter
    diana diane dianna dianne diego dixie dolores dominic dominick don donald donna donnie dora
    doreen doris dorothy doug douglas drew duane dustin dwayne dwight dylan earl ebony ed eddie
    edgar edith edmund edna eduardo edward edwin eileen elaine eleanor elena eli elijah elisa
    elizabeth ella ellen elliot elmer eloise elsa elsie elvira emanuel emil emilio emily emma
    enrique eric erica erick erik erika erin ernest ernesto ernie esther ethan ethel eugene eva
    evan evelyn everett faith fannie faye felicia felipe felix fernando flora florence floyd
    frances francesca francis francisco frank frankie franklin fred freda freddie frederick
    gabriel gabriela gail garrett gary gavin gene geneva genevieve geoffrey george georgia gerald
    geraldine gerard gertrude gilbert gina ginger gladys glen glenda glenn gloria gordon grace
    graham greg gregg gregory gretchen guadalupe guillermo gus guy gwen gwendolyn hank hannah
    harold harriet harry harvey hassan hattie hazel heather hector heidi helen henry herbert
    herman hilda holly homer hope horace howard hubert hugh hugo ian ida ignacio imani inez ingrid
    ira irene iris irma irving isaac isabel isaiah ismael israel ivan jack jackie jackson jacob
    jacqueline jacquelyn jade jaime jake jamal james jamie jan jana jane janelle janet janice
    janie janis jared jasmine jason javier jay jean jeanette jeanne jeannie jeff jeffery jeffrey
    jenna jennie jennifer jenny jeremiah jeremy jermaine jerome jerry jesse jessica jessie jesus
    jill jim jimmie jimmy jo joan joann joanna joanne jocelyn jodi jody joe joel joey johanna john
    johnnie johnny jon jonathan jordan jorge jose joseph josephine josh joshua josue joy joyce juan
    juana juanita judith judy julia julian juliana julie juliet julio julius june justin kaitlyn
    kara karen kari karl karla kate katelyn katherine kathleen kathryn kathy katie katrina kay
    kayla keisha keith kelley kelli kelly kelsey kelvin ken kendall kendra kenneth kenny kent
    kenya kerry kevin kim kimberly kirk kirsten krista kristen kristi kristin kristina kristine
    kristy krystal kurt kyle lamar lana lance larry latasha latoya laura lauren laurence laurie
    lawrence leah lee leigh lela leland lena leo leon leona leonard leonardo leroy leslie lester
    leticia levi lewis lillian lillie lily lincoln linda lindsay lindsey lionel lisa liz lloyd
    logan lois lola lonnie lora loren lorena lorenzo loretta lori lorna lorraine lou louis louise
    lowell lucas lucia lucille lucy luis luke lula luther luz lydia lyle lynda lynette lynn mabel
    mack madeline madison mae maggie malcolm malik mandy manuel marc marcella marcia marco marcos
    marcus margaret margarita margie maria marian marianne maribel marie marilyn mario marion
    marisa marisol marissa marjorie mark marlene marlon marsha marshall marta martha martin marty
    marvin mary maryann mason matt matthew mattie maureen maurice max maxine may megan meghan
    melanie melba melinda melissa melody melvin mercedes meredith mia micah micheal michael
    michele michelle miguel mike mildred miles milton mindy minnie miranda miriam misty mitchell
    mohamed mohammed moises molly mona monica monique morgan morris moses muriel myra myrtle
    nadia nadine nancy naomi natalie natasha nathan nathaniel neal neil nellie nelson nettie
    nicholas nichole nick nicolas nicole nina noah noel nora norma norman olga olive oliver
    olivia omar opal ora orlando oscar otis owen pablo paige pam pamela pat patrice patricia
    patrick patsy patti patty paul paula paulette pauline pearl pedro peggy penny percy perry
    pete peter phil philip phillip phyllis preston priscilla quentin rachael rachel rafael ralph
    ramiro ramon ramona randall randy raquel raul ray raymond rebecca regina reginald rene renee
    rex rhonda ricardo richard rick rickey ricky riley rita rob robert roberta roberto robin
    robyn rochelle roderick rodney rodolfo rodrigo rogelio roger roland rolando roman ron ronald
    ronnie roosevelt rosa rosalie rose rosemarie rosemary rosie ross roxanne roy ruben ruby rudy
    rufus russell ruth ryan sabrina sadie sally salvador salvatore sam samantha sammy samuel
    sandra sandy santiago santos sara sarah saul savannah scott sean sergio seth shane shannon
    shari sharon shaun shauna shawn sheila shelby sheldon shelia shelley shelly sheri sherman
    sherri sherrie sherry sheryl shirley sidney silvia simon sofia sonia sonja sonya sophia
    sophie spencer stacey stacy stan stanley stefan stella stephanie stephen steve steven stewart
    stuart sue susan susie suzanne sylvester sylvia tabitha tamara tami tammy tanya tara tasha
    taylor ted teresa teri terrance terrell terrence terri terry thelma theodore theresa thomas
    tiffany tim timmy timothy tina todd tom tommy toni tony tonya tracey traci tracy travis
    trevor tricia trisha troy tyler tyrone valerie van vanessa velma vera verna vernon veronica
    vicki vickie vicky victor victoria vincent viola violet virgil virginia vivian wade wallace
    walter wanda warren wayne wendell wendy wesley whitney wilbert wilbur willard william willie
    willis wilma winston wyatt xavier yolanda yvette yvonne zachary zoe
    ahmed ali amit anil arjun deepak fatima hiroshi jin juergen jurgen klaus lars li lucia mei min
    mohammad muhammad olaf pierre pradeep priya raj rajesh ravi sanjay sergei sunil sven takeshi
    vijay vladimir wei xin yuki yusuf aoife ciaran eoin fionn liam niamh padraig seamus siobhan
    anders bjorn dieter erwin giovanni giuseppe gunther hans heinz ingo jacques jens jochen joerg
    jorn jean-luc luca luigi marcel matthias michel morten nils paolo pascal per philippe stefano
    thierry ulrich werner wolfgang yves"""
)


@dataclass(frozen=True, slots=True)
class Nicknames:
    """A given name and what it is shortened to."""

    name: str
    short: frozenset[str]


NICKNAMES = tuple(
    Nicknames(group.split()[0], _words(group) - {group.split()[0]})
    for group in (
        "abraham abe",
        "abigail abby gail",
        "albert al bert bertie",
        "alexander alex al sandy xander lex",
        "alexandra alex alexa sandra sandy lexi",
        "alfred al fred alf",
        "alfonso al alfonzo",
        "allison alison ally ali",
        "amanda mandy",
        "andrew andy drew",
        "andrea andi drea",
        "angela angie angel",
        "anthony tony ant",
        "antonio tony",
        "arthur art artie",
        "barbara barb babs barbie",
        "benjamin ben benny benji",
        "bernard bernie",
        "beverly bev",
        "bradley brad",
        "brandon bran",
        "calvin cal",
        "cameron cam",
        "carolyn carol carrie lynn",
        "caroline carol carrie",
        "catherine cathy cat kate katie kathy",
        "charles charlie chuck chas chip",
        "charlotte lottie charlie",
        "christine chris christy chrissy tina",
        "christina chris christy chrissy tina",
        "christopher chris kit topher",
        "clifford cliff",
        "clinton clint",
        "cynthia cindy",
        "daniel dan danny",
        "danielle dani",
        "david dave davey",
        "deborah debra deb debbie",
        "debra deb debbie",
        "dennis denny",
        "dominic dominick dom nick",
        "donald don donnie",
        "dorothy dot dottie dolly",
        "douglas doug",
        "edward ed eddie ted teddy ned",
        "edwin ed eddie",
        "eleanor ellie nell nora",
        "elizabeth liz lizzie beth betsy betty eliza lisa libby bess",
        "emily em emmy",
        "eric rick",
        "ernest ernie",
        "eugene gene",
        "evelyn evie",
        "florence flo",
        "frances fran francie",
        "francis frank fran",
        "francisco frank cisco paco",
        "franklin frank",
        "frederick fred freddie freddy rick fritz",
        "gabriel gabe",
        "gabrielle gabby",
        "george georgie",
        "gerald gerry jerry",
        "gerard gerry",
        "gilbert gil bert",
        "gregory greg",
        "guillermo memo bill",
        "gwendolyn gwen",
        "harold hal harry",
        "heather heath",
        "henry hank harry",
        "herbert herb bert",
        "howard howie",
        "isaac ike",
        "isabel izzy bella belle",
        "jackson jack",
        "jacob jake",
        "jacqueline jackie",
        "james jim jimmy jamie",
        "janet jan",
        "jason jay",
        "jeffrey jeff",
        "jeffery jeff",
        "jennifer jen jenny",
        "jeremy jerry",
        "jerome jerry",
        "jessica jess jessie",
        "joan joanie",
        "joanna jo",
        "john jack johnny jon",
        "jonathan jon john jonny",
        "jose pepe joe",
        "joseph joe joey",
        "josephine jo josie",
        "joshua josh",
        "judith judy jude",
        "julia jules",
        "katherine kate katie kathy kat kay kit",
        "kathleen kathy kate katie",
        "kathryn kate katie kathy",
        "kenneth ken kenny",
        "kimberly kim kimmy",
        "kristen kris",
        "lawrence larry laurie",
        "laurence larry laurie",
        "leonard len lenny leo",
        "leonardo leo",
        "leroy roy",
        "lillian lil lily",
        "louis lou louie",
        "luis lou",
        "lucille lucy",
        "madeline maddie",
        "malcolm mal",
        "manuel manny",
        "marcus marc mark",
        "margaret maggie meg peg peggy marge margie madge rita greta daisy",
        "marjorie marge margie",
        "martha marty patty",
        "martin marty",
        "marvin marv",
        "matthew matt",
        "maurice moe",
        "maximilian max",
        "megan meg",
        "melissa mel missy",
        "melvin mel",
        "michael mike mick mickey mikey",
        "michelle shelly missy",
        "miguel mike",
        "mitchell mitch",
        "nancy nan",
        "natalie nat",
        "nathan nate nat",
        "nathaniel nate nat nathan",
        "nicholas nick nicky",
        "nicole nicky nikki",
        "norman norm",
        "oliver ollie",
        "olivia liv",
        "pamela pam",
        "patricia pat patty trish tricia patsy",
        "patrick pat paddy rick",
        "pedro pete",
        "peter pete",
        "philip phil",
        "phillip phil",
        "priscilla cilla",
        "rachel rach",
        "ramon ray",
        "randall randy",
        "randolph randy",
        "raymond ray",
        "rebecca becky becca",
        "regina gina reggie",
        "reginald reg reggie",
        "ricardo rick ricky",
        "richard rich rick ricky dick richie",
        "robert bob bobby rob robbie bert",
        "roberta bobbie",
        "roberto rob bob beto",
        "rodney rod",
        "roger rog",
        "roland rollie",
        "ronald ron ronnie",
        "roxanne roxy",
        "rudolph rudy",
        "russell russ rusty",
        "salvatore sal",
        "samantha sam sammy",
        "samuel sam sammy",
        "sandra sandy",
        "sidney sid",
        "solomon sol",
        "stacey stacy",
        "stanley stan",
        "stephanie steph",
        "stephen steve",
        "steven steve",
        "stewart stew stu",
        "stuart stu",
        "susan sue susie suzy",
        "suzanne sue suzy",
        "sylvester sly",
        "tamara tammy",
        "terrance terry",
        "terrence terry",
        "teresa terry tess tessa terri",
        "theresa terry tess tessa terri",
        "theodore ted teddy theo",
        "thomas tom tommy",
        "tiffany tiff",
        "timothy tim timmy",
        "valerie val",
        "vanessa nessa",
        "veronica ronnie",
        "victor vic",
        "victoria vicky vickie tori",
        "vincent vince vinny vin",
        "virginia ginny ginger",
        "walter walt wally",
        "wesley wes",
        "william bill billy will willie liam",
        "winston win",
        "zachary zach zack",
    )
)
"""Two nicknames of one name are not taken for each other, only a name and its nicknames."""
