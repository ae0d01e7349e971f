"""The figures of resources/codes, entered a second time: how a code counts decides the bill."""

import pytest

from ptimer.billing.codebook import Attendance, Count

COUNT = {
    Count.POOLED: """
        97032 97033 97034 97035 97036 97110 97112 97113 97116 97124 97129 97130 97140 97530 97533
        97535 97537 97542 97750 97755 97760 97761 97763 90912 90913""",
    Count.OWN_COUNT: """
        97545 97546 97550 97551 G0541 G0542 92605 92607 92608 92626 92627 96105 96112 96113
        96125""",
    Count.AREA: "97597 97598",
    Count.MONTHLY: "98975 98976 98977 98984 98985 98979 98980 98981",
    Count.APART: "REST NB",
    Count.UNTIMED: """
        97010 97012 97014 97016 97018 97022 97024 97026 97028 97037 97039 97139 97150 97161 97162
        97163 97164 97165 97166 97167 97168 97552 97602 97605 97606 97610 97799 90901 92507 92508
        92521 92522 92523 92524 92526 92597 92609 92610 92611 92612 95992 20560 20561 G0281 G0283
        G0329 G0543""",
}
STEPS = {
    "97545": 120, "97546": 60, "97550": 30, "97551": 15, "G0541": 30, "G0542": 15, "92605": 60,
    "92607": 60, "92608": 30, "92626": 60, "92627": 15, "96105": 60, "96112": 60, "96113": 30,
    "96125": 60,
}  # fmt: skip
ADD_ONS = {
    "97130": "97129", "90913": "90912", "97546": "97545", "97551": "97550", "G0542": "G0541",
    "92608": "92607", "92627": "92626", "96113": "96112", "97598": "97597", "98981": "98980",
}  # fmt: skip
ATTENDANCE = {
    Attendance.CONSTANT: "97032 97033 97034 97035 97036 97039",
    Attendance.SUPERVISED: """
        97010 97012 97014 G0283 G0281 G0329 97016 97018 97022 97024 97026 97028 97037""",
    Attendance.GROUP: "97150 92508 97552 G0543",
    Attendance.EVALUATION: """
        97161 97162 97163 97164 97165 97166 97167 97168 92521 92522 92523 92524 92597 92605 92607
        92608 92610 92611 92612 92626 92627 96105 96112 96113 96125""",
    Attendance.NONE: "98975 98976 98977 98984 98985 98979 98980 98981 REST NB",
}
UNCONFIRMED = """
    97545 97546 97550 97551 97552 G0541 G0542 G0543 97799 G0281 G0329 97037 97039 97597 97598
    97602 97605 97606 97610 92597 92611 92612 96112 96113 90901 90912 90913 20560 20561
"""
UNITS_A_DAY = {
    "97110": 6, "97112": 4, "97113": 6, "97116": 4, "97124": 4, "97140": 6, "97150": 1, "97530": 6,
    "97533": 4, "97535": 8, "97537": 6, "97542": 8, "97750": 8, "97755": 8, "97760": 6, "97761": 6,
    "97763": 6, "97129": 1, "97130": 7, "97032": 4, "97033": 4, "97034": 2, "97035": 2, "97036": 3,
    "92507": 1, "92526": 1, "97010": 0, "97014": 0, "97602": 0, "92605": 0, "G0283": 1, "96125": 2,
    "97161": 1, "97162": 1, "97163": 1, "97164": 1, "97165": 1, "97166": 1, "97167": 1, "97168": 1,
}  # fmt: skip


@pytest.fixture
def book(rulebook):
    return rulebook.codes


def test_every_code_is_there_once(book):
    assert sorted(code.code for code in book) == sorted(" ".join(COUNT.values()).split())
    assert len(book) == 99, "97 codes to bill, rest, and not-billable time"


@pytest.mark.parametrize("count", COUNT)
def test_every_code_counts_as_its_source_says(book, count):
    assert {code.code for code in book if code.count is count} == set(COUNT[count].split())


@pytest.mark.parametrize("attendance", Attendance)
def test_every_code_asks_for_the_attendance_that_its_source_names(book, attendance):
    listed = {code for codes in ATTENDANCE.values() for code in codes.split()}
    one_on_one = {code.code for code in book} - listed

    wanted = set(ATTENDANCE[attendance].split()) if attendance in ATTENDANCE else one_on_one
    assert {code.code for code in book if code.attendance is attendance} == wanted


def test_a_timed_codes_steps_are_its_sources(book):
    for code in book:
        if code.count is Count.POOLED:
            assert code.step_minutes == 15, code.code
        elif code.count is Count.OWN_COUNT:
            assert code.step_minutes == STEPS[code.code], code.code
        elif code.count is not Count.MONTHLY:
            assert code.step_minutes is None, code.code


def test_every_add_on_has_its_base_in_the_book_and_counts_like_it(book):
    assert {code.code: code.add_on_to for code in book if code.add_on_to} == ADD_ONS
    for add_on, base in ADD_ONS.items():
        assert book[base].count is book[add_on].count
        assert book[base].attendance is book[add_on].attendance
        assert book[base].add_on_to is None
        assert set(book[base].disciplines) == set(book[add_on].disciplines)


def test_only_97112_is_billed_alone(book):
    assert [code.code for code in book if code.exclusive] == ["97112"]


@pytest.mark.parametrize("code", UNITS_A_DAY)
def test_units_a_day_are_medicares(book, code):
    assert book[code].mue == UNITS_A_DAY[code]


def test_only_codes_that_are_never_billed_have_no_units_a_day(book):
    assert {code.code for code in book if code.mue is None} == {"REST", "NB"}
    assert {code.mue_indicator for code in book} == {2, 3, None}


def test_evaluations_are_paid_once_a_day_whatever_is_documented(book):
    for code in (f"9716{last}" for last in range(1, 9)):
        assert (book[code].mue, book[code].mue_indicator) == (1, 2)


def test_timed_procedures_may_be_paid_above_their_limit_with_documentation(book):
    for code in ("97110", "97112", "97116", "97140", "97530", "97535"):
        assert book[code].mue_indicator == 3


def test_what_medicare_wants_instead_is_in_the_book(book):
    assert {code.code: code.instead for code in book if code.instead} == {"97014": "G0283"}
    assert all(book.find(code.instead) for code in book if code.instead)


@pytest.mark.parametrize("code", UNCONFIRMED.split())
def test_what_no_source_was_read_for_is_marked_as_to_be_checked(book, code):
    assert not book[code].confirmed


def test_what_a_source_was_read_for_is_not_marked(book):
    marked = {code.code for code in book if not code.confirmed}

    assert marked == set(UNCONFIRMED.split())


def test_every_code_is_complete(book):
    for code in book:
        assert code.label.strip() == code.label != "", code.code
        assert len(code.label) <= 40, f"{code.code}: a card has one line for it"
        assert code.detail, code.code
        assert code.source, code.code
        assert code.disciplines, code.code
        assert len(set(code.disciplines)) == len(code.disciplines), code.code
        assert bool(code.evaluation) == (code.attendance is Attendance.EVALUATION), code.code
        assert code.evaluation in ("", "evaluation", "re-evaluation"), code.code


def test_no_two_codes_share_a_label(book):
    labels = [code.label for code in book]

    assert len(set(labels)) == len(labels)


def test_dates_in_force_run_forward(book):
    for code in book:
        if code.in_force_from and code.in_force_to:
            assert code.in_force_from <= code.in_force_to, code.code
