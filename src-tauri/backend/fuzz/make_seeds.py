"""Writes the seeds that are no text: packages and databases, as small as they go.

Usage: make_seeds.py, anywhere. The other seeds are written by hand.
"""

import io
import json
import os
import sqlite3
import tempfile
import zipfile

SEEDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "seeds")
PNG = b"\x89PNG\r\n\x1a\n...."
MODELS = {
    "1": {
        "id": 1,
        "name": "Basic",
        "type": 0,
        "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
        "tmpls": [
            {"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"},
            {"name": "Card 2", "ord": 1, "qfmt": "{{#Back}}{{hint:Back}}{{/Back}}", "afmt": "{{type:Front}}"},
        ],
    },
    "2": {
        "id": 2,
        "name": "Cloze",
        "type": 1,
        "flds": [{"name": "Text", "ord": 0}],
        "tmpls": [{"name": "Cloze", "ord": 0, "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}"}],
    },
}
NOTES = [
    (11, "g1", 1, "tag a::b", '<b>front</b> <img src="a.png">\x1fback \\(x^2\\)'),
    (12, "g2", 2, "", "{{c1::one::hint}} and {{c2::two {{c1::nested}}}}"),
]

QTI_TEST = {
    "imsmanifest.xml": b"""<manifest><metadata><schema>QTIv2.1 Package</schema></metadata><resources>
<resource identifier="t" type="imsqti_test_xmlv2p1" href="t.xml"><dependency identifierref="r"/></resource>
<resource identifier="r" type="imsqti_item_xmlv2p1" href="items/i.xml"><file href="items/a.png"/></resource>
</resources></manifest>""",
    "t.xml": b"""<assessmentTest identifier="t" title="A test"><testPart identifier="p">
<assessmentSection identifier="s" title="One"><rubricBlock view="candidate"><p>Read this.</p></rubricBlock>
<assessmentItemRef identifier="r" href="items/i.xml"/></assessmentSection></testPart></assessmentTest>""",
    "items/i.xml": b"""<assessmentItem identifier="i" title="I" xmlns:xi="http://www.w3.org/2001/XInclude">
<responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value></correctResponse>
</responseDeclaration><assessmentStimulusRef identifier="s" href="../s.xml"/><itemBody>
<xi:include href="../p.xml"><xi:fallback><p>Else</p></xi:fallback></xi:include><xi:include href="../w.txt" parse="text"/>
<choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>Which?</prompt>
<simpleChoice identifier="A">a <img src="a.png"/></simpleChoice><simpleChoice identifier="B">b</simpleChoice>
</choiceInteraction></itemBody></assessmentItem>""",
    "items/a.png": PNG,
    "s.xml": b"<assessmentStimulus identifier='s'><stimulusBody><p>A case.</p></stimulusBody></assessmentStimulus>",
    "p.xml": b"<div><table><tr><td>1</td><td>2</td></tr></table><pre>x  y</pre></div>",
    "w.txt": b"a < b",
}


def qti_item(kind, values, body):
    """An item with one interaction."""
    values = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<assessmentItem identifier="i" title="I"><responseDeclaration identifier="R" {kind}>'
        f"<correctResponse>{values}</correctResponse></responseDeclaration><itemBody>{body}</itemBody>"
        "<modalFeedback identifier='A' showHide='show'>Because.</modalFeedback></assessmentItem>"
    ).encode()


def choices(tag, *names):
    return "".join(f'<{tag} identifier="{name}">{name.lower()}</{tag}>' for name in names)


PAIRS = 'cardinality="multiple" baseType="directedPair"'
QTI_ITEMS = {
    "match.xml": qti_item(
        PAIRS,
        ["A X", "B Y"],
        '<matchInteraction responseIdentifier="R"><prompt>Match.</prompt><simpleMatchSet>'
        + choices("simpleAssociableChoice", "A", "B")
        + "</simpleMatchSet><simpleMatchSet>"
        + choices("simpleAssociableChoice", "X", "Y", "Z")
        + "</simpleMatchSet></matchInteraction>",
    ),
    "gaps.xml": qti_item(
        PAIRS,
        ["A G1", "B G2"],
        '<gapMatchInteraction responseIdentifier="R">'
        + choices("gapText", "A", "B", "C")
        + '<p>One <gap identifier="G1"/> and <gap identifier="G2"/>.</p></gapMatchInteraction>',
    ),
    "pairs.xml": qti_item(
        'cardinality="multiple" baseType="pair"',
        ["A C", "B D"],
        '<associateInteraction responseIdentifier="R"><prompt>Pair.</prompt>'
        + choices("simpleAssociableChoice", "A", "B", "C", "D")
        + "</associateInteraction>",
    ),
    "typed.xml": qti_item(
        'cardinality="single" baseType="string"',
        ["York"],
        '<p>Now is the winter, said <textEntryInteraction responseIdentifier="R"/>.'
        "<math><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac><msqrt><mi>c</mi></msqrt></math></p>",
    ),
}


def numbered(number, data):
    """A field of protobuf with bytes."""
    return bytes([number << 3 | 2, len(data)]) + data


def collection(schema):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "c")
        db = sqlite3.connect(path)
        db.executescript(
            """
            PRAGMA page_size = 512;
            CREATE TABLE col (id integer primary key, crt integer, ver integer, models text, decks text);
            CREATE TABLE notes (id integer primary key, guid text, mid integer, mod integer, tags text, flds text);
            CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer, type integer,
                queue integer, due integer, ivl integer, reps integer, lapses integer, odue integer,
                odid integer, flags integer, data text);
            CREATE TABLE revlog (id integer primary key, cid integer, ease integer, ivl integer,
                factor integer, time integer, type integer);
            """
        )
        old = schema == 11
        models = json.dumps(MODELS) if old else ""
        decks = json.dumps({"1": {"id": 1, "name": "A::B"}}) if old else ""
        db.execute("INSERT INTO col VALUES (1, 1700000000, ?, ?, ?)", (schema, models, decks))
        for note, guid, kind, tags, fields in NOTES:
            db.execute("INSERT INTO notes VALUES (?, ?, ?, 1700000001, ?, ?)", (note, guid, kind, tags, fields))
            for ord in (0, 1):
                data = '{"s":8.5,"d":5.2}'
                card = (note * 10 + ord, note, 1, ord, 2, 2, 40, 8, 2, 1, 0, 0, ord, data)
                db.execute(f"INSERT INTO cards VALUES ({','.join('?' * 14)})", card)
        db.execute("INSERT INTO revlog VALUES (1700000100000, 110, 3, 8, 2500, 4000, 1)")
        if not old:
            latest(db)
        db.commit()
        db.close()
        with open(path, "rb") as file:
            return file.read()


def latest(db):
    db.executescript(
        """
        CREATE TABLE notetypes (id integer primary key, name text, config blob);
        CREATE TABLE fields (ntid integer, ord integer, name text, config blob);
        CREATE TABLE templates (ntid integer, ord integer, name text, config blob);
        CREATE TABLE decks (id integer primary key, name text, kind blob);
        INSERT INTO decks VALUES (1, 'A' || char(31) || 'B', x'0a00');
        """
    )
    for model in MODELS.values():
        config = bytes([1 << 3, model["type"]])
        db.execute("INSERT INTO notetypes VALUES (?, ?, ?)", (model["id"], model["name"], config))
        for field in model["flds"]:
            db.execute("INSERT INTO fields VALUES (?, ?, ?, x'')", (model["id"], field["ord"], field["name"]))
        for template in model["tmpls"]:
            config = numbered(1, template["qfmt"].encode()) + numbered(2, template["afmt"].encode())
            row = (model["id"], template["ord"], template["name"], config)
            db.execute("INSERT INTO templates VALUES (?, ?, ?, ?)", row)


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def zstd(data):
    """A frame of zstd that compresses nothing."""
    frame = b"\x28\xb5\x2f\xfd\xa0" + len(data).to_bytes(4, "little")
    return frame + (len(data) << 3 | 1).to_bytes(3, "little") + data


def framed(files):
    """Files that the target itself puts into a zip."""
    return b"".join(b"\x1e" + name.encode() + b"\x1f" + data for name, data in files.items())


def put(target, name, data):
    folder = os.path.join(SEEDS, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def text(target):
    """The seeds of another target that are text."""
    folder = os.path.join(SEEDS, target)
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            yield file.read()


def main():
    old, new = collection(11), collection(18)
    put("anki_collection", "schema-11", old)
    put("anki_collection", "schema-18", new)
    list_of_media = json.dumps({"0": "a.png"}).encode()
    put("anki_media", "names.json", list_of_media)
    entry = numbered(1, b"a.png") + bytes([2 << 3, 12]) + numbered(3, bytes(20))
    put("anki_media", "names.pb", numbered(1, entry))
    files = {"collection.anki2": old, "media": list_of_media, "0": PNG}
    put("apkg", "old.apkg", zipped(files))
    put("apkg", "newer.apkg", zipped({"collection.anki21": new, "meta": bytes([8, 2]), "media": b"{}"}))
    files = {"collection.anki21b": zstd(new), "meta": bytes([8, 3]), "0": zstd(PNG)}
    files["media"] = zstd(numbered(1, entry))
    put("apkg", "latest.apkg", zipped(files))
    put("package", "deck.zip", zipped({"deck.md": next(text("markdown")), "a.png": PNG}))
    put("package", "deck", framed({"a/deck.md": next(text("markdown")), "a/a.png": PNG, "b/deck.md": b"---\ndeck: b\n"}))
    put("package", "bank.zip", zipped({"README.md": next(text("bank")), "LICENSE": b"MIT"}))
    put("package", "bank", framed({"README.md": b"# A\n", "q/one.md": next(text("bank")), "LICENSE": b"MIT"}))
    put("package", "texts", framed({"a.gift": next(text("gift")), "b.txt": next(text("aiken"))}))
    put("package", "table.csv", next(text("delimited"))[1:])
    put("package", "crowd.zip", zipped({"deck/deck.json": next(text("crowd_anki"))}))
    put("crowd_anki", "folder", framed({"deck/deck.json": next(text("crowd_anki")), "deck/media/a.png": PNG}))
    manifest = (
        b'<manifest><resources><resource identifier="r" type="imsqti_item_xmlv2p2" href="i.xml">'
        b'<file href="i.xml"/></resource></resources></manifest>'
    )
    put("qti", "package.zip", zipped({"imsmanifest.xml": manifest, "i.xml": next(text("qti"))}))
    put("qti", "package", framed({"imsmanifest.xml": manifest, "i.xml": next(text("qti")), "img/plan 1.png": PNG}))
    put("qti", "test", framed(QTI_TEST))
    for name, item in QTI_ITEMS.items():
        put("qti", name, item)


main()
