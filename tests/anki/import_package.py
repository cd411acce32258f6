"""Imports a package into a new collection with Anki, and prints how many seconds that took.

Usage: import_package.py PACKAGE COLLECTION NOTES. `cargo xtask bench import` runs this. Starting
Python and loading Anki is not counted.
"""

import sys
import time

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def main(package, path, notes):
    begun = time.perf_counter()
    col = Collection(path)
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False)
    request = ImportAnkiPackageRequest(package_path=package, options=options)
    # The raw call, as Anki's own window makes it: the answer is not taken apart in Python.
    col._backend.import_anki_package_raw(request.SerializeToString())
    found = col.note_count()
    col.close()
    if found != notes:
        sys.exit(f"Anki has {found} notes, wanted {notes}")
    print(time.perf_counter() - begun)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
