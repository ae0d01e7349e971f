"""Before signing (`sign-off`), and the education of clinicians (rules.md)."""

import pytest

from ptimer.operations import clinic_settings, setting_values, supervision, visiting
from ptimer.operations.clinic import open_clinic

PT = "Ann,Medicare,PT,Kim,therapist"


def at(code, start, end, who=PT):
    return f"{who},{code},2026-11-23T{start},2026-11-23T{end}"


@pytest.fixture
def lacks(ptimer):
    """Try to sign Ann's visit and return the sentence that says what is missing."""

    def lacks(words=""):
        result = ptimer(*f"sign --patient Ann --credentials PT {words}".split(), "--json")
        assert (result.exit, result.error["rule"]) == (3, "sign-off")
        return result.error["reason"]

    return lacks


def test_sign_off_every_segment_is_closed(ptimer, lacks):
    ptimer.do("start 97110 --patient Ann --discipline PT --clinician Kim --at 09:00")
    assert "97110 still runs" in lacks()


def test_sign_off_a_tie_is_settled(comes_in, lacks, ptimer):
    comes_in(at("97110", "08:00", "08:08"), at("97140", "08:08", "08:16"))
    assert "choose which code gets it" in lacks()
    ptimer.do("sign --patient Ann --credentials PT --choose 97110=1")


def test_sign_off_over_60_minutes_is_answered(comes_in, lacks, ptimer):
    comes_in(at("97112", "08:00", "09:01"))
    assert "say why it took longer" in lacks()
    ptimer.do("sign --patient Ann --credentials PT --over-60 relapse")


def test_sign_off_name_and_credentials(comes_in, ptimer):
    comes_in(at("97110", "08:00", "08:30"))
    result = ptimer("sign", "--patient", "Ann", "--json")
    assert result.exit == 3
    assert "type the credentials" in result.error["reason"]


def test_sign_off_as_shipped_nothing_else_is_required(comes_in, ptimer, visit):
    comes_in(at("97112", "08:00", "08:30"))
    ptimer.do("sign --patient Ann --credentials PT")
    assert visit()["status"] == "signed"


def test_sign_off_each_treating_clinician_signs_and_a_students_supervisor_too(
    comes_in, ptimer, visit
):
    comes_in(
        at("97110", "08:00", "08:30"),
        "Ann,Medicare,PT,Stu,student,97112,2026-11-23T08:30,2026-11-23T09:00,,Lee",
    )
    for name in ("Kim", "Stu"):
        ptimer.do(f"sign --patient Ann --clinician {name} --credentials PT")
        assert visit()["status"] == "open"
    ptimer.do("sign --patient Ann --clinician Lee --credentials PT")
    assert visit()["status"] == "signed"


def test_sign_off_an_assistants_supervisor_is_asked_for_and_signs_too(comes_in, ptimer, visit):
    comes_in(at("97110", "08:00", "08:30", "Ann,Medicare,PT,Pat,assistant"))
    assert "supervisor" in [item["rule"] for item in visit()["to_fix"]]
    ptimer.do("sign --patient Ann --clinician Pat --credentials PTA --supervisor Kim")
    assert visit()["status"] == "open"
    ptimer.do("sign --patient Ann --clinician Kim --credentials PT")
    assert visit()["status"] == "signed"


def test_sign_off_what_the_clinic_requires_is_listed_and_written(comes_in, ptimer, lacks, clock):
    comes_in(at("97112", "08:00", "08:30"))
    clinic = open_clinic(ptimer.folder, clock)
    for setting in clinic_settings.SETTINGS:
        if setting.words == "Required before signing":
            setting_values.change(clinic, setting, "component,outcome")
    clinic.close()
    missing = lacks()
    assert "97112" in missing
    ptimer.do(
        "skilled --patient Ann --code 97112 --component balance --outcome 'reaches the shelf'",
        "sign --patient Ann --credentials PT",
    )


def test_sign_off_the_same_text_as_in_the_last_three_visits_is_flagged(comes_in, ptimer):
    for day in ("19", "20", "21", "23"):
        comes_in(f"{PT},97112,2026-11-{day}T08:00,2026-11-{day}T08:30")
        ptimer.do(
            f"skilled --patient Ann --date 2026-11-{day} --code 97112 --response 'tolerated well'"
        )
    found = ptimer("skilled", "--patient", "Ann", "--json")
    assert "repetitive" in found.out


def test_sign_off_the_goal_is_picked_from_the_patients_list(comes_in, ptimer):
    comes_in(at("97112", "08:00", "08:30"))
    ptimer.do(
        "goals --patient Ann --add 'reach overhead, standing'",
        "skilled --patient Ann --code 97112 --goal 1",
    )
    result = ptimer("skilled", "--patient", "Ann", "--code", "97112", "--goal", "2")
    assert result.exit == 2


def test_education_of_each_clinician_is_recorded_and_exported(ptimer, tmp_path, comes_in):
    comes_in(at("97110", "08:00", "08:30"))
    out = tmp_path / "clinicians.csv"
    ptimer.do(
        "education --clinician Kim --add 'Gait training' --on 2026-03-02 --kind training "
        "--file gait.pdf",
        f"clinicians --export {out}",
    )
    assert "Gait training" in out.read_text(encoding="utf-8")


def test_supervision_level_ends_the_one_on_one_code_and_offers_what_may_follow(ptimer, clock):
    clinic = open_clinic(ptimer.folder, clock)
    visit_id = visiting.open_visit(clinic, "Ann", discipline="PT").id
    clinic.close()
    ptimer.do("start 97110 --patient Ann --clinician Kim --at 09:40")
    clinic = open_clinic(ptimer.folder, clock)
    done = supervision.supervise(clinic, visit_id, "Kim")
    clinic.close()

    assert [segment.code for segment in done.pressed.ended] == ["97110"]
    assert done.offers[0] == "NB"
    assert {"97150", "97112"} <= set(done.offers)
