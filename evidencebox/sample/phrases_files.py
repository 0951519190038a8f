"""Sentences for personnel, disciplinary, medical and intelligence files.

`{o}` stands for an officer's name, `{s}` for somebody not on the roster.
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
)
FINDINGS = ("Sustained", "Sustained", "Not sustained", "Exonerated", "Unfounded")
SANCTIONS = (
    "suspension of {n} days without pay",
    "written reprimand",
    "loss of {n} vacation days",
    "transfer and retraining",
    "termination, later reduced to a suspension of {n} days on appeal",
)
INVESTIGATION = (
    "The complaint came by telephone and was put in writing the next day.",
    "Two witnesses were heard; a third could not be found at the address given.",
    "Camera footage was requested but had been overwritten after sixty days.",
    "The station log agrees with the complaint on the time, though not on the place.",
    "A union representative was present at the interview, which was recorded.",
    "The panel read the file and an earlier warning of the same kind.",
    "Medical papers handed in later did not change the outcome.",
    "The street was dark and the statements differ on who spoke first.",
    "An appeal may be lodged within fourteen days.",
    "The chain of command was informed and will follow up in six months.",
)
POLYGRAPH = (
    "Deception was indicated on the question about undisclosed employment.",
    "No deception was indicated on any relevant question.",
    "The chart was inconclusive on question {n} and the test was repeated.",
    "After the test the applicant added that money was owed to a relative.",
    "The examiner noted shallow breathing and stopped for a short break.",
)
DRUGS = (
    "Admits smoking marijuana about {n} times, last in {y}.",
    "Admits one use of cocaine at a party in {y}; none since.",
    "Denies any use of illegal drugs; urine test negative.",
    "Took prescription painkillers for {n} months after surgery and was weaned off them.",
    "Tried psilocybin mushrooms once in {y}, while at college.",
)
MENTAL = (
    "Reports counseling for anxiety in {y}; {n} sessions, no medication.",
    "Was treated for depression after a bereavement and took sertraline for {n} months.",
    "No history of psychiatric care. The screening score is within the normal range.",
    "Diagnosed with post-traumatic stress after a shooting in {y}; sees a therapist twice a month.",
    "Sleeps poorly since night duty began; a sleep study is recommended.",
)
MEDICAL = (
    "Lumbar disc herniation, treated without surgery; lifting limited to {n} pounds.",
    "Type 2 diabetes, controlled by metformin; blood sugar checked {n} times a week.",
    "Torn ligament of the left knee, operated on in {y}; physical therapy continues.",
    "High blood pressure, on lisinopril; to be seen again in {n} weeks.",
    "Hearing loss of {n} percent in the right ear after range exposure.",
)
REFERENCES = (
    "has known the applicant for {n} years and calls the applicant reliable",
    "was the applicant's landlord and recalls two late rents in {y}",
    "worked beside the applicant and would hire again without hesitation",
    "describes a quick temper, though never toward children",
    "would rather not answer, and asked that this be noted",
)
INTELLIGENCE = (
    "The source places the leader of {g} at a warehouse near the ropewalk on two nights.",
    "A vehicle registered to a cousin was seen at the meeting; surveillance is suggested.",
    "{g} may be paying for the flat above the laundromat.",
    "The source asks to be moved before the hearing and fears that an officer talks too much.",
    "The handler rates the source as fairly reliable; payment of ${n}0 was made in cash.",
    "No contact with {g} for three weeks; the telephone is switched off.",
    "A quarrel between {g} and younger dealers could turn violent at the weekend.",
)
UNION = (
    "the grievance about canceled leave goes to the arbitrator on {d}",
    "the city has offered {n} hours of back pay and we advise to decline",
    "your representation at the hearing is confirmed for {d}",
    "the dues for last quarter have not come in and can be paid in parts",
    "please bring the schedule and any text messages from your supervisor",
)
DUTY = (
    "can you take the {t} shift on {d}? Two people are out sick.",
    "please resubmit the overtime slip for {d}; the case number is missing.",
    "court moved to {d}, room {n}. Same subpoena.",
    "the lieutenant wants the burglary follow-up on the desk by {d}.",
    "thanks for covering at the festival. I owe you one.",
    "the property room says the bag from {d} has no label.",
    "your range qualification lapses on {d}; book a slot.",
)
RANSOM = (
    "We have all of your files. The clock is running and it does not stop for meetings.",
    "Your last offer is an insult. A city this rich can find the money.",
    "You have {n} hours. After that we publish the first folder, and then one folder a day.",
    "We are business people. Pay, and the files will be gone for good.",
    "Do you think your people will thank you when their families are on our page?",
    "A proof package is waiting for you. Count the pages yourself.",
)
CITY_REPLIES = (
    "We need more time. Decisions here are not made by one person.",
    "Please confirm what you hold. We cannot discuss amounts without a list.",
    "The sum you name is out of reach. We can speak about a much smaller one.",
    "Will you stop publishing while we talk?",
)
PRESS = (
    "The city confirms that an unauthorized party gained access to a server of the department.",
    "Service to residents is not affected and emergency calls are answered as always.",
    "We are working with partners to learn what was taken and whom it concerns.",
    "Anyone whose data were exposed will be told and offered credit monitoring.",
    "We do not comment on talks of any kind.",
    "The mayor thanks all staff for long nights and patience.",
)
