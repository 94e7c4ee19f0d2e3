"""The partnership's time limits: for each event the one amount that every chapter must give it.

A pattern finds a statement of the limit inside one line and one sentence; `{amount}` stands for the
amount and `~` for a stretch of other words or table cells between the event and its amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

AMOUNT = r"(?P<amount>(?:\d+|one) (?:working days?|hours?|days?|weeks?|months?)|next working day)"
STRETCH = r"[^.;\n]{0,130}?"


@dataclass(frozen=True)
class TimeLimit:
    """`times` is how often the library states the limit at least, so that no pattern goes blind."""

    event: str
    amount: str
    patterns: tuple[str, ...]
    times: int = 1


def stated(limit: TimeLimit, text: str) -> list[str]:
    """The amounts that a text gives for the event, in reading order, pattern by pattern."""
    return [
        match["amount"]
        for pattern in limit.patterns
        for match in re.finditer(
            pattern.replace("~", STRETCH).replace("{amount}", AMOUNT), text, flags=re.IGNORECASE
        )
    ]


TIME_LIMITS = (
    TimeLimit(
        "decision on a referral",
        "1 working day",
        (r"decision on (?:a|the) referral~{amount}", r"front door manager must decide (?!who)~{amount}"),
        times=10,
    ),
    TimeLimit(
        "outcome told to the referrer",
        "3 working days",
        (r"\boutcome (?:told|of a)~{amount}", r"tell the referrer the outcome~{amount}"),
        times=4,
    ),
    TimeLimit(
        "referral in writing",
        "1 working day",
        (r"written (?:referral|confirmation)~{amount}", r"in writing within {amount}"),
        times=10,
    ),
    TimeLimit(
        "child first seen",
        "10 working days",
        (r"(?:first seen|must see the child)~within {amount}",),
        times=2,
    ),
    TimeLimit("assessment completed", "45 working days", (r"assessment completed~{amount}",), times=2),
    TimeLimit(
        "strategy discussion",
        "1 working day",
        (
            r"strategy discussion~{amount} of (?:the|that) decision",
            r"otherwise within {amount} of the decision",
        ),
        times=7,
    ),
    TimeLimit(
        "initial conference",
        "15 working days",
        (r"{amount} of the strategy discussion that", r"conference~{amount} of it\b"),
        times=5,
    ),
    TimeLimit(
        "reports before an initial conference",
        "2 working days",
        (r"at least {amount} before(?: the conference| \|)",),
        times=2,
    ),
    TimeLimit(
        "reports before a review conference", "5 working days", (r"{amount} before the review",), times=2
    ),
    TimeLimit("first core group", "10 working days", (r"first core group~{amount}",), times=6),
    TimeLimit("later core groups", "6 weeks", (r"later core groups~{amount}",)),
    TimeLimit(
        "child protection visit",
        "10 working days",
        (
            r"child protection (?:plan|visit)~at least every {amount}",
            r"lead social worker must (?:see|visit) the child~{amount}",
            r"(?:visits while transfer is pending|plan visit takes place)~{amount}",
        ),
        times=8,
    ),
    TimeLimit(
        "second attempt after a failed visit",
        "1 working day",
        (r"try again within {amount}", r"second attempt~{amount}"),
        times=3,
    ),
    TimeLimit(
        "first review conference", "3 months", (r"(?:first|date of the) review conference~{amount}",), times=4
    ),
    TimeLimit("later review conferences", "6 months", (r"later review conferences~{amount}",)),
    TimeLimit(
        "police protection",
        "72 hours",
        (
            r"police protection[^.\n]{0,40}?at most {amount}",
            r"This is police protection\. It lasts at most {amount}",
        ),
        times=5,
    ),
    TimeLimit(
        "emergency protection order",
        "8 days",
        (
            r"\b(?:EPO\)?|emergency protection order)(?: lasts| for) up to {amount}",
            r"emergency protection order \(section 44\) \|[^|]*\| {amount}",
        ),
        times=3,
    ),
    TimeLimit(
        "emergency protection order extended",
        "7 days",
        (r"(?:may extend it|extension of the order)~{amount}",),
        times=2,
    ),
    TimeLimit("care proceedings", "26 weeks", (r"proceedings~{amount} of issue",)),
    TimeLimit(
        "allegation reported to the LADO",
        "1 working day",
        (r"\bLADO(?: must be told)?(?: \|)? within {amount}",),
        times=6,
    ),
    TimeLimit("return home interview", "72 hours", (r"return home interview~{amount}",), times=4),
    TimeLimit("child missing once", "48 hours", (r"missing for more than {amount}",), times=5),
    TimeLimit("child missing three times", "90 days", (r"three times in {amount}",), times=5),
    TimeLimit(
        "serious incident notification",
        "5 working days",
        (r"notification~{amount} of becoming", r"outside England\. It must do so within {amount}"),
        times=3,
    ),
    TimeLimit("rapid review", "15 working days", (r"rapid review~{amount}",), times=3),
    TimeLimit(
        "practice review published",
        "6 months",
        (r"\bpubli(?:sh|cation)\b~normally~{amount}", r"normally publish~{amount}"),
        times=3,
    ),
    TimeLimit(
        "private fostering notified",
        "6 weeks",
        (r"(?:notify the local authority|notification of a planned)~at least {amount}",),
        times=2,
    ),
    TimeLimit("private fostering, first visit", "7 working days", (r"{amount} of notification",), times=2),
    TimeLimit(
        "private fostering, first year",
        "6 weeks",
        (r"every {amount} in the first year", r"visits in the first year~{amount}"),
        times=2,
    ),
    TimeLimit(
        "private fostering, after the first year",
        "12 weeks",
        (r"after (?:that|the first year)~at least every {amount}",),
        times=2,
    ),
    TimeLimit(
        "escalation, stage 1",
        "1 working day",
        (r"stage 1\b~{amount}", r"practitioner must speak~{amount}"),
        times=3,
    ),
    TimeLimit(
        "escalation, stage 2",
        "2 working days",
        (r"stage 2\b~{amount}", r"managers must speak~{amount}"),
        times=2,
    ),
    TimeLimit("escalation, stage 3", "3 working days", (r"stage 3\b~{amount}",), times=2),
    TimeLimit(
        "escalation, stage 4",
        "5 working days",
        (r"stage 4\b~{amount}", r"leads must decide~{amount}"),
        times=2,
    ),
    TimeLimit("unborn baby, earliest referral", "12 weeks", (r"from {amount}' gestation",), times=3),
    TimeLimit("unborn baby, latest referral", "18 weeks", (r"no later than {amount}",), times=3),
    TimeLimit("pre-birth assessment", "30 weeks", (r"pre-birth assessment~{amount}",), times=3),
    TimeLimit("pre-birth conference", "10 weeks", (r"{amount} before the due date",), times=3),
    TimeLimit(
        "transfer-in conference",
        "15 working days",
        (r"transfer-in conference~{amount} of the notification",),
        times=2,
    ),
    TimeLimit("bruised baby examined", "4 hours", (r"examin(?:ation|es)\b~{amount}",), times=5),
    TimeLimit(
        "strategy meeting after a threat",
        "5 working days",
        (r"strategy meeting~{amount} of a serious", r"meeting after a serious threat or assault~{amount}"),
        times=2,
    ),
    TimeLimit("contract of expectations", "4 weeks", (r"\bcontract\b~every {amount}",), times=6),
    TimeLimit(
        "supervision",
        "4 weeks",
        (r"supervision~at least every {amount}", r"cases \|~at least every {amount}"),
        times=5,
    ),
    TimeLimit(
        "supervision after a serious event",
        "2 working days",
        (r"supervision~within {amount}", r"serious event \|~{amount}"),
        times=4,
    ),
    TimeLimit("known FGM reported", "next working day", (r"by close of the {amount}",), times=2),
    TimeLimit(
        "known FGM reported, exceptional case",
        "one month",
        (r"(?:may be longer, |reasons recorded \| )up to {amount}",),
        times=2,
    ),
    TimeLimit("referral to MARAC", "2 working days", (r"\bMARAC\b~{amount}",), times=4),
    TimeLimit(
        "early help plan reviewed",
        "6 weeks",
        (r"early help plan~every {amount}", r"R's early help plan~{amount}"),
        times=3,
    ),
    TimeLimit("second missed appointment", "5 working days", (r"second (?:missed|one\b)~{amount}",), times=8),
    TimeLimit(
        "records written up",
        "1 working day",
        (r"(?:records?|written up|write up|recorded(?! as))\b~within {amount}", r"written up \|~{amount}"),
        times=20,
    ),
)
