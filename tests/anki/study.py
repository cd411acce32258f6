"""How quick Anki's own engine is with a large collection: the first card after opening, searches,
an answer with the next card. `docs/benchmarks.md` sets these beside Sitwell's.

    python study.py [CARDS] [FOLDER]

The collection is made like that of Sitwell's benchmark: one card a note, 20 decks, words drawn
from a vocabulary in which some are common and most are rare, nine in ten cards in review.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from anki.collection import Collection
from anki.scheduler.v3 import CardAnswer

DAY = 86_400


def word(draw: random.Random) -> str:
    # Zipf-like: rank r with probability about 1/r, over 20,000 words.
    return f"w{int(20_000 ** draw.random()):05d}"


def make(path: Path, cards: int) -> None:
    draw = random.Random(7)
    col = Collection(str(path))
    model = col.models.by_name("Basic")
    decks = [col.decks.id(f"bench::{number}") for number in range(20)]
    for number in range(cards):
        note = col.new_note(model)
        note.fields = [" ".join(word(draw) for _ in range(n)) for n in (12, 25)]
        note.tags = [f"tag-{number % 40}"]
        col.add_note(note, decks[number % 20])
    today = col.sched.today
    rows = [
        (today + draw.randint(-3, 120), draw.randint(1, 200), draw.randint(1, 30), card)
        for (card,) in col.db.execute("select id from cards")
        if draw.random() < 0.9
    ]
    col.db.executemany(
        "update cards set type = 2, queue = 2, due = ?, ivl = ?, reps = ?, factor = 2500 where id = ?",
        rows,
    )
    for deck in col.decks.all_config():
        deck["rev"]["perDay"] = 9999
        deck["new"]["perDay"] = 20
        col.decks.update_config(deck)
    col.close()


def timed(times: int, act) -> str:
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        took.append((time.perf_counter() - begun) * 1000)
    return f"least {min(took):8.2f}  median {statistics.median(took):8.2f} ms"


def main() -> None:
    cards = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        path = Path(folder) / "collection.anki2"
        make(path, cards)

        opened = []
        for _ in range(10):
            col = Collection(str(path))
            col.decks.select(col.decks.id("bench"))
            begun = time.perf_counter()
            col.sched.get_queued_cards()
            opened.append((time.perf_counter() - begun) * 1000)
            col.close()
        print(f"first card after opening  least {min(opened):8.2f}  median {statistics.median(opened):8.2f} ms")

        col = Collection(str(path))
        col.decks.select(col.decks.id("bench"))
        for name, query in [
            ("all", ""),
            ("a rare word", "w02000"),
            ("a common word", "w00060"),
            ("two words", "w00009 w00060"),
            ("a tag", "tag:tag-7"),
            ("due", "is:due tag:tag-7"),
            ("a figure", "prop:ivl<3 prop:reps>28"),
            ("a deck", "deck:bench::3"),
        ]:
            found = len(col.find_cards(query, order="c.due asc"))
            act = lambda: col.find_cards(query, order="c.due asc")  # noqa: E731
            print(f"search {name:<20} {timed(20, act)}  ({found} cards)")

        def answer() -> None:
            queued = col.sched.get_queued_cards().cards[0]
            card = col.get_card(queued.card.id)
            card.start_timer()
            col.sched.answer_card(
                col.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
            )

        print(f"grade, and the next card  {timed(300, answer)}")
        col.close()


main()
