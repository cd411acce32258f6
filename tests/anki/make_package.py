"""Makes a package of very many notes, as Anki itself writes it; the same notes every time.

Usage: make_package.py NOTES PACKAGE. `cargo xtask bench import` runs this.
"""

import os
import random
import struct
import sys
import tempfile
import zlib

from anki.collection import Collection, DeckIdLimit, ExportAnkiPackageOptions
from anki.notes import Note

SYLLABLES = "ka lo mi ne ra so tu ve bi da fe go hu ja pe zi".split()
WORDS = 5_000
DECKS = 20
BATCH = 5_000


def word(number):
    """Low numbers are drawn often."""
    rest, parts = number + 256, []
    while rest:
        parts.append(SYLLABLES[rest % 16])
        rest //= 16
    return "".join(parts)


def words(rng, count):
    # Uniform in the logarithm of the rank, as Zipf's law has it.
    return [word(int(WORDS ** rng.random())) for _ in range(count)]


def marked(rng, count):
    """Text with the markup that people use."""
    said = words(rng, count)
    kind = rng.randrange(6)
    if kind == 0:
        said[1] = f"<b>{said[1]}</b>"
        return " ".join(said)
    if kind == 1:
        points = "".join(f"<li>{' '.join(said[at : at + 6])}</li>" for at in range(0, count, 6))
        return f"<ul>{points}</ul>"
    if kind == 2:
        return f"<div>{' '.join(said[: count // 2])}</div><div>{' '.join(said[count // 2 :])}</div>"
    if kind == 3:
        return f"{' '.join(said[:-2])}<br><code>{said[-2]} &lt; {said[-1]}</code>"
    return " ".join(said)


def picture(rng, side=24):
    """A PNG of noise, of some 1.8 kB."""
    rows = b"".join(b"\0" + rng.randbytes(side * 3) for _ in range(side))

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def fields(rng, kind, pictures):
    front, back = marked(rng, 12), marked(rng, 24)
    if rng.random() < 0.05:
        back += f'<br><img src="{rng.choice(pictures)}">'
    if kind == "Cloze":
        first, second = words(rng, 2)
        return [f"{front} {{{{c1::{first}}}}} {{{{c2::{second}::what}}}}", back]
    return [front, back]


def main(notes, package):
    rng = random.Random(notes)
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(os.path.join(folder, "collection.anki2"))
        decks = [col.decks.id(f"Bench::Part {number:02}") for number in range(DECKS)]
        pictures = [f"picture-{number}.png" for number in range(max(1, notes // 100))]
        for name in pictures:
            col.media.write_data(name, picture(rng))
        kinds = {name: col.models.by_name(name) for name in ("Basic", "Basic (and reversed card)", "Cloze")}
        requests = []
        for number in range(notes):
            kind = rng.choices(list(kinds), (85, 5, 10))[0]
            note = Note(col, kinds[kind])
            note.guid = f"bench{number:08}"
            note.fields = fields(rng, kind, pictures)
            note.tags = [f"topic::{word(rng.randrange(40))}", f"source::{rng.randrange(8)}"][: rng.randrange(3)]
            requests.append((note, decks[number * DECKS // notes]))
            if len(requests) == BATCH or number + 1 == notes:
                add(col, requests)
                requests = []
        options = ExportAnkiPackageOptions(with_media=True, legacy=False)
        limit = DeckIdLimit(col.decks.id("Bench"))
        exported = col.export_anki_package(out_path=package, options=options, limit=limit)
        if exported != notes:
            sys.exit(f"Anki wrote {exported} notes of {notes}")
        col.close()


def add(col, requests):
    from anki.collection import AddNoteRequest

    col.add_notes([AddNoteRequest(note=note, deck_id=deck) for note, deck in requests])


main(int(sys.argv[1]), sys.argv[2])
