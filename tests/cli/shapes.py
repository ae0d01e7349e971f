"""Does a JSON document have the keys and types that cli.md prints? Keys may be added."""

NUMBER_OR_NOTHING = (int, type(None))
TEXT_OR_NOTHING = (str, type(None))

WARNING = {"rule": str, "text": str}

UNITS = {
    "rule": str,
    "timed_minutes": int,
    "total_minutes": int,
    "total_units": int,
    "codes": [{"code": str, "minutes": int, "units": int, "timed": bool}],
    "choices": [{str: int}],
    "steps": [str],
    "warnings": [{"rule": str, "code": str, "text": str, "source": str}],
    "next_unit_at": NUMBER_OR_NOTHING,
}

ALLOWED = {"allowed": bool}
REFUSED = {"allowed": bool, "rule": str, "reason": str, "source": str}
ERROR = {"error": {"exit": int, "reason": str}}
ERROR_OF_A_RULE = {"error": {"exit": int, "rule": str, "reason": str, "source": str}}
ERROR_IN_A_FILE = {"error": {"exit": int, "reason": str, "lines": [int]}}

RUNNING = {
    "patient": str,
    "code": str,
    "discipline": str,
    "clinician": str,
    "role": str,
    "since": str,
    "seconds": int,
}
LINE = {
    "code": str,
    "minutes": int,
    "units": int,
    "modifiers": [str],
    "segments": [[TEXT_OR_NOTHING]],
}
VISIT = {
    "patient": str,
    "payer": str,
    "discipline": str,
    "rule": str,
    "status": str,
    "clinicians": [str],
    "timed_minutes": int,
    "total_minutes": int,
    "timed_units": int,
    "units": int,
    "lines": [LINE],
    "to_fix": [WARNING],
}
STATUS = {"running": [RUNNING], "visits": [VISIT]}
SUMMARY = {
    "date": str,
    "clinician": TEXT_OR_NOTHING,
    "totals": {
        "visits": int,
        "timed_minutes": int,
        "total_minutes": int,
        "timed_units": int,
        "units": int,
    },
    "visits": [VISIT],
}
SEGMENT = {"patient": str, "code": str, "clinician": str, "role": str, "start": str}
STARTED = {"started": [SEGMENT], "stopped": [SEGMENT], "already": bool, "warnings": [str]}
STOPPED = {"stopped": [SEGMENT]}
IMPORTED = {"segments": int, "visits": int, "dry_run": bool, "warnings": [str]}
SIGNED = {"clinician": str, "closed": bool, "waiting_for": [str], "visit": VISIT}
AMENDED = {"patient": str, "status": str}
HELD_BACK = {"patient": str, "date": str}
BILLER_LINES = {
    "layout": str,
    "rows": int,
    "visits": int,
    "units": int,
    "batch_id": TEXT_OR_NOTHING,
    "went_out_before": int,
    "held_back": [HELD_BACK],
    "file": str,
}
SEGMENTS = {
    "layout": str,
    "rows": int,
    "held_back": [HELD_BACK],
    "left_out": [{"patient": str, "code": str, "running": bool}],
    "file": str,
}
BACKED_UP = {"file": TEXT_OR_NOTHING, "visits": int, "segments": int, "second": TEXT_OR_NOTHING}
BACKUPS = {
    "backups": [
        {
            "file": str,
            "made_at": TEXT_OR_NOTHING,
            "before": str,
            "bytes": int,
            "visits": NUMBER_OR_NOTHING,
            "segments": NUMBER_OR_NOTHING,
            "proven": bool,
            "problem": TEXT_OR_NOTHING,
            "second_folder": bool,
        }
    ]
}
DIFFERENCE = {
    "visits": int,
    "segments": int,
    "changes": int,
    "until": TEXT_OR_NOTHING,
    "by_visit": [
        {
            "patient": str,
            "discipline": str,
            "date": str,
            "segments": int,
            "changes": int,
            "new": bool,
            "signed": bool,
        }
    ],
}
PREVIEW = {
    "file": str,
    "made_at": TEXT_OR_NOTHING,
    "visits": int,
    "segments": int,
    "lost": DIFFERENCE,
    "back": DIFFERENCE,
    "record_problem": TEXT_OR_NOTHING,
}
SALVAGED = {
    "file": str,
    "source": str,
    "visits": int,
    "segments": int,
    "rows": {str: int},
    "left_over": int,
    "left_over_file": TEXT_OR_NOTHING,
    "missing": [str],
    "check": [str],
}
RESTORED = {"file": str, "kept": TEXT_OR_NOTHING, "visits": int, "segments": int}
CHECKED = {"ok": bool, "visits": int, "segments": int}
DEMO = {"folder": str, "date": str, "visits": int}
CODES = {
    "codes": [
        {
            "code": str,
            "label": str,
            "count": str,
            "timed": bool,
            "attendance": str,
            "disciplines": [str],
            "mue": NUMBER_OR_NOTHING,
        }
    ]
}
PAYERS = {"payers": [{"name": str, "unit_rule": str, "follows_mue": bool, "shipped": bool}]}


def misfits(shape, value, place="document"):
    """Yield where a value is not as the shape says; nothing where all fits."""
    if isinstance(shape, dict) and str in shape:
        yield from _misfits_of_any_keys(shape[str], value, place)
    elif isinstance(shape, dict):
        yield from _misfits_of_keys(shape, value, place)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{place} is no list"
            return
        for number, each in enumerate(value):
            yield from misfits(shape[0], each, f"{place}[{number}]")
    elif isinstance(value, bool) and shape is not bool:
        yield f"{place} is {value}"
    elif not isinstance(value, shape):
        yield f"{place} is {value!r}"


def _misfits_of_keys(shape, value, place):
    if not isinstance(value, dict):
        yield f"{place} is no object"
        return
    for key, inner in shape.items():
        if key not in value:
            yield f"{place} lacks {key}"
        else:
            yield from misfits(inner, value[key], f"{place}.{key}")


def _misfits_of_any_keys(shape, value, place):
    if not isinstance(value, dict):
        yield f"{place} is no object"
        return
    for key, each in value.items():
        yield from misfits(shape, each, f"{place}.{key}")
