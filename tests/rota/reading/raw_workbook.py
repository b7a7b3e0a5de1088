"""Workbooks made of raw XML, as no spreadsheet program writes them, and .ods workbooks."""

import zipfile
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def write_xlsx(
    path: Path, sheet: str, *, titles: int = 1, strings: str = "", **more: str | bytes
) -> Path:
    """A workbook with so many sheets, all of them the one XML; `more` are parts by their names."""
    sheets = "".join(
        f'<sheet name="{f"sheet {n}" if n else "sites"}" sheetId="{n + 1}" r:id="rId1"/>'
        for n in range(titles)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/one.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/one.xml": sheet,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        **more,
    }
    return _written(path, parts)


def sheet_of(rows: str) -> str:
    """The XML of a sheet with the rows."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def write_ods(path: Path, tables: str) -> Path:
    """A workbook of OpenDocument with the tables; the style `hidden` hides one."""
    names = " ".join(f'xmlns:{n}="{_OASIS}:{n}:1.0"' for n in ("office", "table", "text", "style"))
    styles = (
        '<style:style style:name="hidden" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    content = (
        f'<office:document-content {names} xmlns:calcext="{_CALC}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return _written(path, parts)


def ods_table(title: str, rows: str, *, style: str = "", columns: str = "") -> str:
    """A table of an .ods workbook."""
    return (
        f'<table:table table:name="{title}" table:style-name="{style}">{columns}{rows}'
        "</table:table>"
    )


def ods_row(*texts: str, attributes: str = "") -> str:
    """A row of texts, blank ones without a value."""
    cells = (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        if text
        else "<table:table-cell/>"
        for text in texts
    )
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def _written(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
