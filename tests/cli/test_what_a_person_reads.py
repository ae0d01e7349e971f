"""The texts on stdout, as a person reads them: one line a thing, and one visit is one visit."""

DAY = "2026-11-23"


def test_units_are_shown_with_every_step(first):
    assert first("units", "97112=24", "97110=23").out.splitlines() == [
        "97112     24 min    2 u  Balance, coordination, posture",
        "97110     23 min    1 u  Strength, endurance, range",
        "total     47 min    3 u  timed minutes and all units, by the cms rule",
        "  47 timed minutes allow 3 units (38 to 52)",
        "  97112 earns 1 unit for 15 full minutes, 9 left over",
        "  97110 earns 1 unit for 15 full minutes, 8 left over",
        "  One more goes to 97112: it has 9 min left over, 97110 8",
    ]


def test_a_cap_is_shown_beside_what_was_earned(first):
    lines = first("units", "97112=83").out.splitlines()

    assert lines[0] == "97112     83 min    4 u  (earned 6)  Balance, coordination, posture"
    assert [line[:8] for line in lines if line.startswith("! ")] == ["! 97112 ", "! 97112 "]


def test_codes_stand_in_columns(first):
    lines = first("codes", "stim").out.splitlines()

    assert lines[0].split("  ")[0] == "97014"
    assert "not paid" in lines[0], "Medicare's limit of 0"
    assert len({line.index("supervised") for line in lines if "supervised" in line}) == 1
    assert first("codes", "no such thing").out == "nothing in the code book holds no such thing\n"


def test_one_is_not_many(signed):
    signed.folder.joinpath("in.csv").write_text(
        "patient,payer,discipline,clinician,role,code,start,end,note\n"
        f"P-5,Medicare,PT,Bo,therapist,97110,{DAY}T07:00,{DAY}T07:15,\n",
        "utf-8",
    )
    name = str(signed.folder / "in.csv")
    assert signed("import", name, "--dry-run").out == ("1 segment would come in, 1 new visit\n")
    assert signed("import", name).out == "1 segment came in, 1 new visit\n"
    assert signed("check").out == "3 visits, 3 segments: all is as it should be\n"
    assert signed("sign", "--patient", "P-5", "--clinician", "Bo", "--credentials", "PT").out == (
        "P-5: Bo signed 1 unit; the visit is closed\n"
    )


def test_a_summary_tells_totals_first_then_each_visit(signed):
    assert signed("summary").out.splitlines() == [
        f"{DAY}: 2 visits, 50 timed min, 50 min treated, 3 units",
        "",
        "P-1  PT · Medicare · cms rule · signed",
        "  timed 30 min, treated 30 min, 2 units",
        "  97110    30 min   2 u  GP     08:00:00-08:30:00  Strength, endurance, range",
        "",
        "P-2  PT · Medicare · cms rule · open",
        "  timed 20 min, treated 20 min, 1 unit",
        "  97140    20 min   1 u  GP     09:00:00-09:20:00  Hands-on manual techniques",
    ]


def test_untimed_units_are_shown_apart(ptimer):
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --at 08:00",
        "start 97161 --patient P-1 --switch --at 08:30",
        "stop --at 08:40",
    )

    assert ptimer("summary").out.splitlines()[0].endswith("2 timed + 1 other units")


def test_what_is_to_fix_is_not_said_twice(ptimer):
    ptimer.do("start 97112 --patient P-1 --discipline PT --at 08:00", "stop --at 09:05")

    assert ptimer("summary").out.count("97112 ran 65 minutes") == 1
    assert "to fix: 97112 ran 65 minutes" in ptimer("summary").out


def test_what_still_runs_is_told(ptimer):
    ptimer.do("start 97112 --patient P-1 --discipline PT --clinician Ana --at 09:00")

    assert "09:00:00-now" in ptimer("summary").out
    assert "to fix: 97112 still runs: stop it" in ptimer("summary").out


def test_a_backup_and_a_restore_name_their_files(signed, tmp_path):
    kept = str(tmp_path / "kept.db")

    assert signed("backup", kept).out == f"{kept}: 2 visits, 2 segments, checked\n"
    restored = signed("restore", kept).out
    assert restored.startswith(f"restored 2 visits, 2 segments from {kept}; the record that it")
    assert "replaced.db" in restored


def test_an_empty_record_is_told_with_its_folder(first):
    assert first("backup").out == (
        f"nothing is recorded in {first.folder} yet: there is nothing to back up\n"
    )
    assert first("check").out == (
        f"nothing is recorded in {first.folder} yet: there is nothing to check\n"
    )


def test_the_demo_says_how_to_look_at_it(first):
    lines = first("demo").out.splitlines()

    folder = str(first.folder / "demo")
    assert (lines[0], lines[-1]) == (folder, f'Look at it with: ptimer --data-dir "{folder}"')


def test_no_sentence_ends_in_nothing_or_shows_python(signed):
    for words in ("status", "summary", "payers", "codes", "units 97112=24", "check", "stop"):
        text = signed(*words.split()).out
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        for trace in ("None", "True", "False", "{", "}", "<", "Sentence("):
            assert trace not in text, words
