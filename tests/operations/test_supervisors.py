"""An assistant's part is signed by the supervising therapist, too; an aide signs nothing."""

import pytest

from ptimer.operations import clinic_settings, setting_values, signing, snapshots, supervisors
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.signing import SignWish
from ptimer.storage import audit_log

ASKED = "Ada is an assistant: name the supervising therapist, who signs, too"


@pytest.fixture
def assisted(timed):
    """A visit that Ada, an assistant, treated; nobody is named as supervising."""
    return timed("97110", clinician="Ada", role="assistant").visit_id


def told(view):
    return [(item.rule, str(item.text), item.required) for item in view.to_fix]


def test_an_assistant_without_a_supervisor_may_sign_and_is_asked_for_one(assisted, view, sign):
    assert told(view(assisted)) == [("supervisor", ASKED, False)]
    assert view(assisted).missing_signatures == ("Ada",)

    assert sign(assisted, "Ada").closed


def test_the_supervisor_that_a_time_names_signs_an_assistants_part(timed, view, sign):
    segment = timed("97110", clinician="Ada", role="assistant", supervisor="Lee")

    assert view(segment.visit_id).missing_signatures == ("Ada", "Lee")
    assert view(segment.visit_id).to_fix == ()
    assert sign(segment.visit_id, "Ada").waiting_for == ("Lee",)
    assert sign(segment.visit_id, "Lee").closed


def test_the_supervisor_may_be_named_when_signing(clinic, assisted, sign, view):
    first = sign(assisted, "Ada", supervisor=" Lee ")

    assert (first.closed, first.waiting_for) == (False, ("Lee",))
    assert view(assisted).to_fix == ()
    assert view(assisted).record.supervisors == {"Ada": "Lee"}
    assert sign(assisted, "Lee").closed
    (entry,) = [
        e for e in audit_log.of_visit(clinic.connection, assisted) if e.action == "supervisor"
    ]
    assert (entry.before, entry.after) == (None, {"Ada": "Lee"})


def test_naming_the_same_supervisor_again_changes_nothing(clinic, assisted, sign):
    sign(assisted, "Ada", supervisor="Lee")
    sign(assisted, "Lee", supervisor="Lee")

    log = audit_log.of_visit(clinic.connection, assisted)
    assert len([entry for entry in log if entry.action == "supervisor"]) == 1


def test_another_supervisor_takes_the_place_of_the_first_and_of_that_signature(
    clinic, assisted, sign, view
):
    signing.sign(clinic, assisted, SignWish("Lee", "PT", supervisor="Lee"))
    sign(assisted, "Ada", supervisor="Sam")

    assert view(assisted).record.supervisors == {"Ada": "Sam"}
    assert [each.clinician for each in view(assisted).record.signatures] == ["Ada"]
    assert view(assisted).missing_signatures == ("Sam",)
    names = clinic.connection.execute("select supervisor from visit_supervisors").fetchall()
    assert names == [("Lee",), ("Sam",)], "nothing is ever deleted"


def test_a_time_of_the_assistants_asks_the_named_supervisor_again(clinic, assisted, timed, view):
    signing.sign(clinic, assisted, SignWish("Lee", "PT", supervisor="Lee"))
    timed("97140", clinician="Ada", role="assistant")

    assert view(assisted).record.signatures == ()


def test_an_assistant_supervises_nobody_alone(clinic, assisted, dump):
    before = dump()
    with pytest.raises(Misused, match="Ada can't supervise Ada"):
        signing.sign(clinic, assisted, SignWish("Ada", "COTA", supervisor="Ada"))
    assert dump() == before


def test_where_nobody_needs_a_supervisor_none_is_named(clinic, timed, dump):
    visit_id = timed("97110").visit_id
    before = dump()
    with pytest.raises(Refused, match="Lee supervised nobody in Ann's visit") as refused:
        signing.sign(clinic, visit_id, SignWish("Kim", "PT", supervisor="Lee"))
    assert refused.value.rule == "sign-off"
    assert dump() == before


def test_a_clinic_may_require_a_supervisor(clinic, assisted, view):
    setting_values.change(clinic, clinic_settings.SUPERVISOR_REQUIRED, True)

    assert told(view(assisted)) == [("supervisor", ASKED, True)]
    with pytest.raises(Refused, match="name the supervising therapist"):
        signing.sign(clinic, assisted, SignWish("Ada", "COTA"))
    assert signing.sign(
        clinic, assisted, SignWish("Ada", "COTA", supervisor="Lee")
    ).waiting_for == ("Lee",)


def test_an_aide_signs_nothing_beside_a_therapist(clinic, timed, sign, view):
    visit_id = timed("97110").visit_id
    timed("G0283", clinician="Ida", role="aide")

    assert view(visit_id).missing_signatures == ("Kim",)
    assert view(visit_id).to_fix == ()
    with pytest.raises(Refused, match="Ida is an aide, and an aide does not sign; who must: Kim"):
        sign(visit_id, "Ida")
    assert sign(visit_id).closed


def test_of_an_aides_visit_the_supervising_therapist_is_named_and_signs(clinic, timed, view):
    visit_id = timed("G0283", clinician="Ida", role="aide").visit_id
    text = "Ida is an aide, and an aide does not sign: name the supervising therapist, who does"

    assert told(view(visit_id)) == [("supervisor", text, True)]
    with pytest.raises(Refused, match="Ida is an aide"):
        signing.sign(clinic, visit_id, SignWish("Ida", "none"))
    done = signing.sign(clinic, visit_id, SignWish("Lee", "PT", supervisor="Lee"))
    assert done.closed
    assert [each.clinician for each in done.view.record.signatures] == ["Lee"]


def test_an_aides_day_still_shows_their_visits(clinic, timed):
    timed("97110")
    timed("G0283", clinician="Ida", role="aide")

    assert len(snapshots.day(clinic, clinician="Ida").visits) == 1


def test_whose_supervisor_can_be_named_is_known(assisted, view, sign, timed):
    assert supervisors.may_be_named(view(assisted)) == ("Ada",)
    sign(assisted, "Ada")
    assert supervisors.may_be_named(view(assisted)) == ()
    named = timed("97110", "Bob", clinician="Ada", role="assistant", supervisor="Lee").visit_id
    assert supervisors.may_be_named(view(named)) == ()
