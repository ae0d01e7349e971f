"""Files such as CMS publishes, made from the pairs of tests/data.

The first days there are mostly invented (`first_is_invented`): no source of ours tells them.
"""

import csv
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

DATA = Path(__file__).parent / "data" / "ncci_pairs.tsv"

PTP_NAME = "medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0"
MUE_NAME = "MCR_MUE_PractitionerServices_Eff_07-01-2026"

PREAMBLE = (
    "CPT codes are copyright 2025 American Medical Association.  All Rights Reserved.",
    "NCCI Practitioner PTP Edits",
    "\t\t* = in existence\t\tDeletion\tModifier",
    "\t\tprior to\tEffective\tDate\t0=not allowed",
    "Column 1\tColumn 2\t1996\tDate\t*=no data\t9=not applicable\tPTP Edit Rationale",
)
FOREIGN = (
    ("13121", "13120", "19960101", "*", "0"),
    ("17000", "17281", "19990701", "20041231", "1"),
)


def pair_rows():
    """Return the rows of the data as (column 1, column 2, first, last, indicator, rationale)."""
    with DATA.open(encoding="utf-8") as file:
        return [
            (r["column1"], r["column2"], r["first"], r["last"], r["indicator"], r["rationale"])
            for r in csv.DictReader(file, delimiter="\t")
        ]


def ptp_cells(rows):
    """Return the rows as CMS's table has them."""
    filled = [(*row, "Misuse of Column Two code with Column One code")[:6] for row in rows]
    return [[c1, c2, "", first, last, ind, why] for c1, c2, first, last, ind, why in filled]


def ptp_text(rows):
    """Return the tab-separated text."""
    lines = [*PREAMBLE, *("\t".join(cells) for cells in ptp_cells([*FOREIGN, *rows]))]
    return ("\r\n".join(lines) + "\r\n").encode("latin-1")


MUE_HEADER = (
    "HCPCS/\nCPT Code",
    "Practitioner Services MUE Values",
    "MUE Adjudication Indicator",
    "MUE Rationale",
)
MUE_ABOVE = ("CPT only copyright 2025\nAmerican Medical Association.\nAll rights reserved.",)
MAI = {1: "1 Line Edit", 2: "2 Date of Service Edit: Policy", 3: "3 Date of Service Edit: Clinical"}
MUE_VALUES = (("97110", 6, 3), ("97112", 4, 3), ("97150", 1, 3), ("97161", 1, 2), ("97530", 6, 3))


def mue_cells(values=MUE_VALUES, header=MUE_HEADER):
    """Return the rows of the table of units a day, those above it included."""
    rows = [[code, str(units), MAI[mai], "Clinical: Data"] for code, units, mai in values]
    return [list(MUE_ABOVE), list(header), ["0001U", "1", MAI[2], "Code Descriptor"], *rows]


def mue_text(values=MUE_VALUES, header=MUE_HEADER):
    """Return the CSV."""
    quoted = [
        ",".join(f'"{cell}"' if set(cell) & set(' \n,"') else cell for cell in cells)
        for cells in mue_cells(values, header)
    ]
    return ("\r\n".join(quoted) + "\r\n").encode("latin-1")


def zipped(path, members):
    """Write a ZIP of names and bytes, and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def xlsx(path, rows, *, shared=True, numbers=(), before=""):
    """Write a sheet; `numbers` are the columns whose cells are numbers and no texts.

    `before` stands in front of the sheet's own XML.
    """
    texts = {}
    lines = []
    for number, cells in enumerate(rows, 1):
        made = [
            _cell(f"{chr(65 + place)}{number}", cell, texts if shared else None, place in numbers)
            for place, cell in enumerate(cells)
            if cell != ""
        ]
        lines.append(f'<row r="{number}">{"".join(made)}</row>')
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    members = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}"/>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{before}{sheet}',
    }
    if shared:
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{items}</sst>'
    return zipped(path, members)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _cell(place, text, texts, as_number):
    if as_number and text.isdigit():
        return f'<c r="{place}"><v>{text}</v></c>'
    if texts is None:
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    return f'<c r="{place}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'


def ptp_sheet(path, rows, **how):
    """Write the pairs as a sheet, with the header wrapped over rows."""
    above = [line.split("\t") for line in PREAMBLE]
    return xlsx(path, [*above, *ptp_cells([*FOREIGN, *rows])], **how)


def ptp_parts(folder, rows, *, name=PTP_NAME, parts=4):
    """Write the table in its parts, each a ZIP, and return the first."""
    size = -(-len(rows) // parts)
    for part in range(parts):
        text = ptp_text(rows[part * size : (part + 1) * size])
        inside = f"{name[-13:]}-f{part + 1}.TXT"
        zipped(folder / f"{name}-f{part + 1}.zip", {inside: text})
    return folder / f"{name}-f1.zip"


def ptp_file(folder, rows, *, name=PTP_NAME):
    """Write the whole table into one ZIP, and return it."""
    return zipped(folder / f"{name}.zip", {f"{name[-13:]}.TXT": ptp_text(rows)})


def mue_file(folder, values=MUE_VALUES, *, name=MUE_NAME):
    """Write the table of units a day as CMS zips it."""
    path = folder / f"medicare-ncci-{name}.zip"
    return zipped(path, {f"{name}.csv": mue_text(values)})
