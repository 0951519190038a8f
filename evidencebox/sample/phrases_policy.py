"""Notices about delicate matters that expose nobody: policies, courses, statistics, offers.

They hold the vocabulary of harm (drugs, polygraph, credit, discipline, health) without a person,
which a detector of topics must not take for an exposure.
"""

from __future__ import annotations

POLICY_TOPICS: dict[str, tuple[str, ...]] = {
    "Drug testing policy": (
        "Random drug tests are drawn by lot on the first [weekday] of each month.",
        "A positive result is confirmed by a second laboratory before anyone is told.",
        "The policy names marijuana, cocaine, amphetamines and opioids.",
        "Prescription drugs may be declared on the form kept at [place].",
        "Supervisors will be trained to recognize signs of impairment.",
        "Last year [n:2-5] percent of samples were diluted and had to be taken again.",
        "An employee who refuses is treated as if the test were positive.",
        "The laboratory, [vendor], keeps samples for [n:60-180] days.",
    ),
    "Health plan": (
        "Open enrollment for the health plan begins on [weekday] and lasts [n:2-5] weeks.",
        "Counseling for stress and depression is covered without a referral.",
        "The price of the family plan rises to [amount] a month.",
        "Diabetes and blood pressure screening is free at [place].",
        "Will those who change plans please hand in the old card.",
        "An adviser answers questions about disability benefits at [hour].",
        "Physical therapy is limited to [n:10-40] visits a year.",
        "Mental health days may be taken without giving a reason.",
    ),
    "Polygraph unit": (
        "The polygraph room at [place] is closed while the chair is repaired.",
        "A course for polygraph examiners is offered by [vendor] in [month].",
        "The state board revised the list of relevant questions.",
        "Charts older than [n:3-9] years may be destroyed.",
        "The polygraph budget asks for [amount] for a second instrument.",
        "Examinations are booked [n:2-6] weeks ahead at present.",
        "Background investigators will meet at [hour] to compare forms.",
        "May we remind [people] that results are never given by telephone.",
    ),
    "Complaint statistics": (
        "The department received [n:80-240] complaints this year, [n:2-9] percent fewer.",
        "Of these [n:10-30] percent were sustained and [n:20-50] percent unfounded.",
        "The most common allegation was discourtesy, followed by neglect of duty.",
        "Suspensions without pay came to [n:40-300] days in all.",
        "Internal affairs closed cases in [n:70-160] days on average.",
        "A civilian review board will read a sample of [n:10-40] files.",
        "Use of force reports rose in the summer, as they do each year.",
        "Early warnings were sent for [n:3-19] employees, whose names are not listed here.",
    ),
    "Credit union news": (
        "The credit union offers car loans at [n:2-6] percent until [month].",
        "Members may ask for one free credit report a year.",
        "An adviser on debt and savings sits at [place] each [weekday].",
        "Accounts that have been asleep for [n:2-5] years will be closed.",
        "New cards will be mailed in [month]; the old ones stop working then.",
        "Will members please update their address at the counter.",
        "The annual meeting elected [n:3-7] directors, all unopposed.",
        "Payroll deductions start with the second pay day.",
    ),
    "Recruiting drive": (
        "Applicants must pass a background investigation, a polygraph and a medical.",
        "The written test takes place at [place] on [weekday] at [hour].",
        "Of [n:120-600] young applicants [n:20-60] percent came to the first test.",
        "Past drug use does not always exclude; the rules are on page [n:2-5].",
        "A starting salary of $[n:48-59],[n:100-999] is advertised this year.",
        "Posters hang in [n:20-60] shops along [street].",
        "The best time to apply is before [month].",
        "Investigators may visit neighbors and former employers.",
    ),
    "Informant rules": (
        "Payments to confidential informants need two signatures.",
        "The handler may never meet a source alone after [hour].",
        "An intelligence report must not name a source in its subject line.",
        "The safe at [place] holds the only key to the source numbers.",
        "The law on wiretaps was amended; see page [n:2-8] of the bulletin.",
        "Reports older than [n:2-6] years will be reviewed and mostly destroyed.",
        "Training on source protection takes place in [month].",
        "Deconfliction requests go to the duty desk, not by mail.",
    ),
}
