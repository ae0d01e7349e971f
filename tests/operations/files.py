"""Segments files, said in few words."""

HEADER = "patient,payer,discipline,clinician,role,code,start,end,note"
DAY = "2026-11-23"


def line(code="97110", start="09:00", end="09:15", **cells):
    """Return a line of the file; Ann's, by Kim, of the morning, unless told otherwise."""
    filled = {
        "patient": "Ann",
        "payer": "",
        "discipline": "",
        "clinician": "Kim",
        "role": "",
        "code": code,
        "start": start if "T" in start or not start else f"{DAY}T{start}",
        "end": end if "T" in end or not end else f"{DAY}T{end}",
        "note": "",
        **cells,
    }
    return ",".join(filled.values())
