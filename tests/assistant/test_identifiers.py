"""Numbers, dates, contacts and addresses of real people are found by UK rules; look-alikes are not."""

from __future__ import annotations

import time

import pytest

from assistant.details import Detail
from assistant.identifiers import find_dates_after, find_identifiers


def found(text: str) -> set[tuple[str, str]]:
    return {(text[detail.start : detail.end], detail.label) for detail in find_identifiers(text)}


@pytest.mark.parametrize(
    ("text", "piece", "label"),
    [
        ("seen today 9998601290 in ED", "9998601290", "[NHS number]"),
        ("seen today 999-483-3782", "999-483-3782", "[NHS number]"),
        ("NHS no is 999 123 4567", "999 123 4567", "[NHS number]"),
        ("is 999 123 4567 a right NHS number?", "999 123 4567", "[NHS number]"),
        ("NI number QQ 12 34 56 C", "QQ 12 34 56 C", "[NI number]"),
        ("her ni is qq123456c", "qq123456c", "[NI number]"),
        ("absent: e999331922058", "e999331922058", "[pupil number]"),
        ("UPN A123456789012 (typed wrongly)", "A123456789012", "[pupil number]"),
        ("dob 03/05/19", "03/05/19", "[date of birth]"),
        ("d.o.b: 3.5.2019", "3.5.2019", "[date of birth]"),
        ("dob 030519", "030519", "[date of birth]"),
        ("her date of birth was the 30th of January '21", "30th of January '21", "[date of birth]"),
        ("twins born on Tuesday 3 May 2022", "3 May 2022", "[date of birth]"),
        ("child b. 2019-05-03", "2019-05-03", "[date of birth]"),
        ("3 May 2019 (DOB)", "3 May 2019", "[date of birth]"),
        ("ring 07700 900123", "07700 900123", "[phone]"),
        ("ring +44 (0)7700-900-123", "+44 (0)7700-900-123", "[phone]"),
        ("ring (020) 7946 0123", "(020) 7946 0123", "[phone]"),
        ("his mobile is 7700 900 123", "7700 900 123", "[phone]"),
        ("mail a.b-c@school.example now", "a.b-c@school.example", "[e-mail]"),
        ("her insta name is mia_x09", "mia_x09", "[user name]"),
        ("ask @mia.x09 there", "@mia.x09", "[user name]"),
        ("postcode bn79 4qt", "bn79 4qt", "[postcode]"),
        ("at 27 Hawthorn Gardens, BN79 4QT", "27 Hawthorn Gardens, BN79 4QT", "[address]"),
        ("44b lower tannery street", "44b lower tannery street", "[address]"),
        ("flat 2b, 61 marine parade", "flat 2b, 61 marine parade", "[address]"),
        ("Willow Cottage, 4 Church Lane, Ripe", "Willow Cottage, 4 Church Lane, Ripe", "[address]"),
        ("a neighbour at 118 Queensway", "118 Queensway", "[address]"),
        ("they live on Marlow Road", "Marlow Road", "[address]"),
        ("Plot 5, Longmeadow", "Plot 5, Longmeadow", "[address]"),
        ("Liquidlogic 10448213", "10448213", "[case number]"),
        ("case ref LCS-448213:", "LCS-448213", "[case number]"),
        ("CAD 1432 of today", "1432", "[case number]"),
        ("crime number 4726/118834 is closed", "4726/118834", "[case number]"),
        ("case BN21C00417 is listed", "BN21C00417", "[court number]"),
        ("hospital no. RX4471902", "RX4471902", "[hospital number]"),
        ("a corsa, reg gq21 zzx, waits", "gq21 zzx", "[car registration]"),
    ],
)
def test_each_kind_is_found_whole(text: str, piece: str, label: str) -> None:
    assert (piece, label) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Policy 9993742562 covers the minibus",
        "9993742562 is our policy number",
        "ISBN 9781784092313",
        "the NHS number for urgent help is 0300 123 4567",
        "the incident of 14/07/2026, the file 2024/25, ref 2025-26",
        "s47 2nd meeting, Y5 3rd term",
        "What changed on 9 March 2026?",
        "for children born on or after 1 April 2024",
        "with a date of birth before 1 September 2010",
        "a boy of 12, aged 12, 12 years old",
        "paragraph 2.1.19 or 6.2.1 to 6.2.9",
        "ring 999, 101 or 0800 1111, or contact 0300 123 4567",
        "Working Together 2026, section 47, the file 2024",
        "4 children in care court, 15 working days in court",
        "order no 4 of the court",
        "My training booking reference is 44178209",
        "who covers BN27 and TN40?",
        "[phone] and [date of birth] and [NHS number]",
    ],
)
def test_look_alikes_are_let_through(text: str) -> None:
    assert found(text) == set()


def test_a_date_behind_a_name_is_a_date_of_birth() -> None:
    text = "Amara Nwosu, 11/02/2020, seen on 12/02/2026"
    name = Detail(0, len("Amara Nwosu"), "[name]")
    assert [text[detail.start : detail.end] for detail in find_dates_after(text, [name])] == ["11/02/2020"]


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "1 ", "a.", "a@", "x@x.", "Aa ", "Aa-", "Aa'", "12 Aa ", "nhs no ", "dob ", "Aa House, "],
)
def test_no_text_takes_long(unit: str) -> None:
    text = (unit * 8000)[:8000]
    started = time.process_time()
    find_identifiers(text)
    assert time.process_time() - started < 2
