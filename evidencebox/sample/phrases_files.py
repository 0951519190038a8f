"""Sentences for personnel, disciplinary, medical and intelligence files.

`{n}` is filled with a small number, `{y}` a year, `{d}` a day, `{g}` a gang, `{t}` a shift.
"""

from __future__ import annotations

ALLEGATIONS = (
    ("Late reports", "turned in {n} incident reports more than ten days late"),
    ("Discourtesy", "used insulting words toward a resident at a traffic stop"),
    ("Neglect of duty", "left the assigned post for about {n} minutes without leave"),
    ("Misuse of overtime", "claimed {n} hours of court overtime that the court did not confirm"),
    ("Unauthorized search of records", "looked up a neighbor in the records system {n} times"),
    ("Use of force", "pushed a handcuffed man against a car and did not report it"),
    ("Body camera off", "switched off the body camera for {n} minutes during an arrest"),
    ("Secondary employment", "worked as a door guard on {n} nights without permission"),
    ("Loss of property", "could not account for a radio and {n} property bags"),
    ("Untruthful statement", "gave two accounts of the pursuit that cannot both be true"),
    ("Intoxication on duty", "reported for the {t} shift smelling of alcohol and failed a test"),
    (
        "Pursuit against policy",
        "followed a stolen van through {n} red lights against orders",
    ),
    ("Improper entry", "went into a flat without a warrant and without being asked in"),
    ("Insubordination", "refused a direct order to hand in the keys of the launch"),
    ("Social media", "posted a picture of a crime scene that was shared {n} times"),
)
FINDINGS = ("Sustained", "Sustained", "Not sustained", "Exonerated", "Unfounded")
SANCTIONS = (
    "suspension of {n} days without pay",
    "written reprimand",
    "loss of {n} vacation days",
    "transfer and retraining",
    "demotion by one rank",
    "last chance agreement for {n} months",
    "termination, later reduced to a suspension of {n} days on appeal",
)
INVESTIGATION = (
    "The complaint came by telephone and was put in writing the next day.",
    "Two witnesses were heard; a third could not be found at the address given.",
    "Camera footage was requested but had been overwritten after sixty days.",
    "The station log agrees with the complaint on the time, though not on the place.",
    "A union representative was present at the interview, which was recorded.",
    "The panel read the file and an earlier warning of the same kind.",
    "Papers handed in later did not change the outcome.",
    "The street was dark and the statements differ on who spoke first.",
    "An appeal may be lodged within fourteen days.",
    "The chain of command was informed and will follow up in six months.",
    "The radio traffic of that night was transcribed and is kept with the file.",
    "The dispatcher remembers the call because the line broke off twice.",
    "A neighbor's photograph shows the car but nobody in it.",
    "The statute of limitations for a charge of this kind had not run out.",
    "The complainant withdrew the complaint and then renewed it.",
    "No pattern was found in the early warning system.",
)
POLYGRAPH = (
    "Deception was indicated on the polygraph question about undisclosed employment.",
    "No deception was indicated on any relevant question of the polygraph.",
    "The polygraph chart was inconclusive on question {n} and the test was repeated.",
    "After the polygraph the applicant added that money was owed to a relative.",
    "The polygraph examiner noted shallow breathing and stopped for a short break.",
    "Significant reactions to questions {n} and 31; the applicant could not explain them.",
    "In the pre-test interview the applicant admitted taking office supplies in {y}.",
    "The charts show countermeasures; the examiner stopped after {n} minutes.",
    "Passed the lie detector test on the second day; the first was spoiled by a cold.",
)
DRUGS = (
    "Admits smoking marijuana about {n} times, last in {y}.",
    "Admits one use of cocaine at a party in {y}; none since.",
    "Denies any use of illegal drugs; urine test negative.",
    "Took prescription painkillers for {n} months after surgery and was weaned off them.",
    "Tried psilocybin mushrooms once in {y}, while at college.",
    "States that Adderall from a roommate was used before exams in {y}.",
    "Hair sample positive for amphetamine; the applicant names a cold remedy.",
    "Completed a {n}-week treatment program for opioid dependence in {y}.",
    "Bought steroids from a gym acquaintance in {y} and stopped after {n} weeks.",
    "Was present when others used ecstasy; says none was taken.",
)
MENTAL = (
    "Reports counseling for anxiety in {y}; {n} sessions, no medication.",
    "Was treated for depression after a bereavement and took sertraline for {n} months.",
    "No history of psychiatric care. The screening score is within the normal range.",
    "Diagnosed with post-traumatic stress after a shooting in {y}; sees a therapist twice a month.",
    "Panic attacks since night duty began; referred to the employee assistance program.",
    "Spent {n} days in a psychiatric ward in {y}; the discharge letter is on file.",
    "The psychologist notes a low mood and recommends a second interview.",
    "Takes a mood stabilizer and sees a psychiatrist every {n} weeks.",
    "Attended couples therapy in {y} and describes it as helpful.",
    "Had thoughts of self-harm in {y}; none since, and support at home is good.",
)
MEDICAL = (
    "Lumbar disc herniation, treated without surgery; lifting limited to {n} pounds.",
    "Type 2 diabetes, controlled by metformin; blood sugar checked {n} times a week.",
    "Torn ligament of the left knee, operated on in {y}; physical therapy continues.",
    "High blood pressure, on lisinopril; to be seen again in {n} weeks.",
    "Hearing loss of {n} percent in the right ear after range exposure.",
    "Asthma since childhood; uses an inhaler about {n} times a month.",
    "Hepatitis B diagnosed in {y}, now inactive by blood test.",
    "Irregular heartbeat on the electrocardiogram; referred to a cardiologist.",
    "Pregnancy of {n} weeks; no night duty and no vest from next month.",
    "Sleep apnea; uses a breathing device and was reviewed in {y}.",
    "Migraine with aura, {n} days of sick leave since the last review.",
)
REFERENCES = (
    "has known the applicant for {n} years and calls the applicant reliable",
    "was the applicant's landlord and recalls two late rents in {y}",
    "worked beside the applicant and would hire again without hesitation",
    "describes a quick temper, though never toward children",
    "would rather not answer, and asked that this be noted",
    "coached the applicant at school and remembers a broken window",
    "shared a flat with the applicant in {y} and lent money that came back late",
    "lives next door and has called about noise {n} times",
)
INTELLIGENCE = (
    "The source places the leader of {g} at a warehouse near the ropewalk on two nights.",
    "A vehicle registered to a cousin was seen at the meeting; surveillance is suggested.",
    "{g} may be paying for the flat above the laundromat.",
    "The source asks to be moved before the hearing and fears that somebody talks too much.",
    "The handler rates the source as fairly reliable; payment of ${n}0 was made in cash.",
    "No contact with {g} for three weeks; the telephone is switched off.",
    "A quarrel between {g} and younger dealers could turn violent at the weekend.",
    "Graffiti of {g} was photographed at {n} corners and sent to the analyst.",
    "A confidential informant bought two bags from a member of {g} under observation.",
    "The debriefing took place outside the city; the source was driven home by another way.",
    "Two members of {g} were released from custody and met at the ferry.",
    "The telephone list of {g} was copied and is kept in the safe.",
)
UNION = (
    "the grievance about canceled leave goes to the arbitrator on {d}",
    "the city has offered {n} hours of back pay and we advise to decline",
    "your representation at the hearing is confirmed for {d}",
    "the dues for last quarter have not come in and can be paid in parts",
    "please bring the schedule and any text messages from your supervisor",
    "the vote on the contract closes on {d} and your ballot has not arrived",
    "we have asked the city to say in writing which of your files were taken",
    "a lawyer of our panel will call you before {d}",
)
DUTY = (
    "can you take the {t} shift on {d}? Two people are out sick.",
    "please resubmit the overtime slip for {d}; the case number is missing.",
    "court moved to {d}, room {n}. Same subpoena.",
    "the lieutenant wants the burglary follow-up on the desk by {d}.",
    "thanks for covering at the festival. I owe you one.",
    "the property room says the bag from {d} has no label.",
    "your range qualification lapses on {d}; book a slot.",
    "we need {n} people at the bridge on {d} and have half of them.",
    "the report on the stolen bicycles is good, but page 2 is blank.",
    "the prosecutor called about {d} and will call again.",
    "somebody has your locker key; it was at the desk this morning.",
    "the {t} roll call starts a quarter of an hour early until {d}.",
)
RANSOM = (
    "We have all of your files. The clock is running and it does not stop for meetings.",
    "Your last offer is an insult. A city this rich can find the money.",
    "You have {n} hours. After that we publish the first folder, and then one folder a day.",
    "We are business people. Pay, and the files will be gone for good.",
    "Do you think your people will thank you when their families are on our page?",
    "A proof package is waiting for you. Count the pages yourself.",
    "We read your mail. Do not write about us in it.",
    "Other gangs will pay for the names of your informants. You have until the weekend.",
    "The price was fair on the first day. It goes up by {n} percent now.",
    "Send somebody who can decide. We will not talk to a clerk again.",
)
CITY_REPLIES = (
    "We need more time. Decisions here are not made by one person.",
    "Please confirm what you hold. We cannot discuss amounts without a list.",
    "The sum you name is out of reach. We can speak about a much smaller one.",
    "Will you stop publishing while we talk?",
    "We have passed your message on and will answer tomorrow.",
    "There are families involved. We ask you to take the folder down.",
)
PRESS = (
    "The city confirms that an unauthorized party gained access to a server of the department.",
    "Service to residents is not affected and emergency calls are answered as always.",
    "We are working with partners to learn what was taken and whom it concerns.",
    "Anyone whose data were exposed will be told and offered credit monitoring.",
    "We do not comment on talks of any kind.",
    "The mayor thanks all staff for long nights and patience.",
    "A telephone line for members of the department and their families opens on {d}.",
    "Claims that the whole archive was copied cannot be confirmed at this time.",
    "The council will hear a first report on {d}.",
)
CREDIT = (
    "The applicant explained the late payments by a move and a period without work.",
    "One account was sent to collection in {y} and has since been settled in part.",
    "A bankruptcy filed in {y} was discharged and no longer shows.",
    "The car was repossessed in {y}; the balance is being paid off in {n} installments.",
    "There is no sign of gambling, and spending is in line with income.",
    "The file holds a fraud alert placed by the applicant.",
)
LETTERS = (
    "your yearly pay will be {pay} from the first of next month",
    "your request for parental leave is granted; pay of {pay} continues",
    "your transfer takes effect on the first, and your pay stays at {pay}",
    "your separation from service is recorded; the last salary was {pay} a year",
    "you are promoted, and your pay rises to {pay} a year",
    "an overpayment was found; your correct yearly pay is {pay}",
)
LETTER_CLOSES = (
    "Please check the details and reply within ten days if anything is wrong.",
    "A copy of this letter goes to your file.",
    "Questions about the pension plan may be put to the benefits desk.",
    "Any change of address should be reported at once.",
    "Deductions for the health plan appear on a separate line.",
    "This letter replaces the one sent last month, which had an error.",
)
