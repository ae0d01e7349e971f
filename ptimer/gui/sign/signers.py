"""Who may sign a visit now, who has signed it, and who can be named as supervising?"""

from PySide6.QtCore import QCoreApplication

from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.gui.sign.signature_box import MOST_SHOWN, Signers
from ptimer.gui.texts import Times
from ptimer.operations import people, sign_list, supervisors, versions
from ptimer.operations.visit_view import VisitView


def signers_of(desk: Desk, view: VisitView, times: Times) -> Signers:
    """Return what the signature box shows of a visit."""
    known = desk.attempt(people.everyone, refresh=False) or []
    visit_id = view.visit.id
    counted = desk.attempt(lambda clinic: versions.count_of(clinic, visit_id), refresh=False)
    return Signers(
        waiting=() if view.visit.signed else view.missing_signatures,
        signed=tuple(_signed(each, times) for each in view.record.signatures),
        closed=view.visit.signed,
        default=sign_list.who_signs(view, desk.who.clinician),
        credentials={row.name: row.credentials for row in known},
        supervised=supervisors.may_be_named(view),
        supervisor=next(iter(view.record.supervisors.values()), ""),
        versions=counted or 0,
    )


def _signed(signature: sign_list.Signature, times: Times) -> str:
    template = QCoreApplication.translate("SignScreen", "{0}, {1}\n{2} · {3}")
    return template.format(
        texts.short(signature.name, MOST_SHOWN),
        texts.short(signature.credentials, MOST_SHOWN),
        times.date(signature.signed_at),
        times.time(signature.signed_at),
    )
