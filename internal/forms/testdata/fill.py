"""Fills exported workbooks in the way a person would: openpyxl opens the form,
finds the row by what is printed in it, and types into the cell beside it.

fill.py JOBS: JOBS is a JSON list of {"in", "out", "unit", "day", "sheets"};
"sheets" gives for each sheet the rows as [parent, name, unit, quantity,
last year, remark].
"""

import datetime
import json
import sys

import openpyxl


def number(text):
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def head(sheet):
    for row in sheet.iter_rows():
        words = {cell.value: cell.column for cell in row}
        if "项目" in words and "数量" in words:
            return row[0].row, words
    raise SystemExit("no head in " + sheet.title)


def fill(sheet, rows, unit, day):
    top, columns = head(sheet)
    for row in sheet.iter_rows(max_row=top):
        for cell in row:
            if cell.value == "填报单位：":
                sheet.cell(cell.row, 3).value = unit
            if cell.value == "填报日期：":
                sheet.cell(cell.row, 5).value = datetime.date.fromisoformat(day)
    left = list(rows)
    parent = ""
    for n in range(top + 1, sheet.max_row + 1):
        flat, nested = sheet.cell(n, 2).value, sheet.cell(n, 3).value
        unit_here = sheet.cell(n, columns["单位"]).value
        if not unit_here:
            continue
        inside = bool(nested)
        for merged in sheet.merged_cells.ranges:
            if merged.min_col == 2 and merged.min_row <= n <= merged.max_row and sheet.cell(merged.min_row, 2).value == "栏头":
                inside = False
        if flat == "栏头" :
            inside = False
        if not nested:
            parent = flat
        name = nested or flat
        for wanted in left:
            if wanted[1] == name and wanted[2] == unit_here and wanted[0] == (parent if inside else ""):
                sheet.cell(n, columns["数量"]).value = number(wanted[3])
                if wanted[4]:
                    sheet.cell(n, columns["上年同期"]).value = number(wanted[4])
                if wanted[5]:
                    sheet.cell(n, columns["备注"]).value = wanted[5]
                left.remove(wanted)
                break
    if left:
        raise SystemExit("not in the form: %r" % left)


for job in json.load(open(sys.argv[1], encoding="utf-8")):
    book = openpyxl.load_workbook(job["in"])
    for name, rows in job["sheets"].items():
        fill(book[name], rows, job["unit"], job["day"])
    book.save(job["out"])
