"""From which screen does one go back to which?"""

TODAY = "today"
LOCK = "lock"
RECOVERY = "recovery"

PARENTS = {
    "edit-times": TODAY,
    "sign": TODAY,
    "versions": "sign",
    "clinicians": "settings",
    "backups": "settings",
    "group": TODAY,
    RECOVERY: TODAY,
    "export": "day-summary",
}
"""Screens that one goes back from with Escape, and where to."""
