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
    put("package", "deck.zip", zipped({"deck.md": next(text("markdown")), "a.png": PNG}))
    put("package", "bank.zip", zipped({"README.md": next(text("bank")), "LICENSE": b"MIT"}))
    put("package", "table.csv", next(text("delimited"))[1:])
    put("package", "crowd.zip", zipped({"deck/deck.json": next(text("crowd_anki"))}))
    manifest = (
        b'<manifest><resources><resource identifier="r" type="imsqti_item_xmlv2p2" href="i.xml">'
        b'<file href="i.xml"/></resource></resources></manifest>'
    )
    put("qti", "package.zip", zipped({"imsmanifest.xml": manifest, "i.xml": next(text("qti"))}))


main()
