"""Opens a package that Sitwell wrote in Anki, and compares what Anki found with what was meant.

Usage: check_export.py PACKAGE. `cargo xtask anki` writes the package and runs this.
"""

import os
import sys
import tempfile

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def check(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}: Anki has {got!r}, wanted {wanted!r}")
    print(f"{what}: {got!r}")


def main(package):
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(os.path.join(folder, "collection.anki2"))
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False)
        request = ImportAnkiPackageRequest(package_path=package, options=options)
        log = col.import_anki_package(request).log
        check("notes imported", len(log.new), 6)
        check("notes", col.note_count(), 6)
        check("cards", col.card_count(), 10)
        check("reviews", col.db.scalar("select count() from revlog"), 2)
        decks = sorted(deck.name for deck in col.decks.all_names_and_ids() if deck.id != 1)
        check("decks", decks, ["AWS", "AWS::Storage"])

        note = col.get_note(col.find_notes('"deck:AWS::Storage" What')[0])
        check("guid", note.guid, "r]J`r5A07o")
        front = 'What is \\(x^{2_{3} }\\)? <img src="roc.png" alt="roc">'
        check("fields", note.fields, [front, "<strong>It</strong> [sound:b.mp3]"])
        check("tags", sorted(note.tags), ["aws::s3", "two_words"])
        card = note.cards()[0]
        check("suspended", card.queue, -1)
        check("flag", card.user_flag(), 3)
        check("interval", card.ivl, 8)
        memory = card.memory_state
        check("memory", (memory.stability, memory.difficulty), (8.5, 5.25))
        stats = [(entry.button_chosen, entry.taken_secs) for entry in col.card_stats_data(card.id).revlog]
        check("gradings", stats, [(3, 4.0), (3, 4.0)])
        check("media", sorted(os.listdir(col.media.dir())), ["b.mp3", "roc.png"])

        wanted_due = (1_790_000_000 // 86_400 + 6) * 86_400
        got_due = col.crt + card.due * 86_400
        check("due on the day", abs(got_due - wanted_due) < 86_400, True)

        cloze = col.get_note(col.find_notes("tag:aws::s3 more")[0])
        check("clozes", [card.ord for card in cloze.cards()], [0, 1, 2])
        check("cloze text", cloze.fields[0], "{{c1::a <b>{{c2::b::h}}</b>}} \\({{c3::x}}\\)")
        faces = col.get_note(col.find_notes("one")[0])
        check("sides", [card.ord for card in faces.cards()], [0, 2])
        check("side", "script" in faces.cards()[0].question(), False)
        question = col.get_note(col.find_notes("cheapest")[0])
        check("letters", "<strong>A.</strong> Amazon S3" in question.fields[0], True)
        check("again", len(col.import_anki_package(request).log.new), 0)
        col.close()


main(sys.argv[1])
