"""Command line: `python -m layers.sample` writes the sample, `--check` compares the files with a fresh build."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from layers.sample.build import Records, build_records
from layers.sample.reading import read_sample
from layers.sample.sources import SAMPLE_HOME, read_district
from layers.sample.writing import render
from layers.soundness import check_networks


def main(arguments: list[str] | None = None) -> int:
    """Build or check; returns 0 if the files are right and the networks sound, else 1."""
    parser = argparse.ArgumentParser(prog="python -m layers.sample", description="Build the sample district.")
    parser.add_argument("--check", action="store_true", help="build in memory and compare with the files")
    parser.add_argument("--output", type=Path, default=SAMPLE_HOME, help="folder of the built files")
    options = parser.parse_args(arguments)
    records = build_records(read_district())
    files = render(records)
    if options.check:
        return _compare(files, options.output)
    options.output.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (options.output / name).write_bytes(content)
    _summarise(records, files)
    return _report_soundness(options.output)


def _compare(files: dict[str, bytes], folder: Path) -> int:
    wrong = [name for name, content in files.items() if not _same(folder / name, content)]
    for name in wrong:
        sys.stderr.write(f"{folder / name}: differs from a fresh build; run python -m layers.sample\n")
    sys.stdout.write(f"{len(files) - len(wrong)} of {len(files)} files as built\n")
    return 1 if wrong else 0


def _same(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content


def _summarise(records: dict[str, Records], files: dict[str, bytes]) -> None:
    for layer, items in records.items():
        sys.stdout.write(f"{layer:15s} {len(items):6d}\n")
    for layer, column in (("network_nodes", "kind"), ("facilities", "category"), ("sites", "status")):
        keys = Counter((record.get("network", ""), record[column]) for record in records[layer])
        for (network, kind), count in sorted(keys.items()):
            sys.stdout.write(f"  {layer} {network} {kind}: {count}\n")
    sys.stdout.write(f"{sum(map(len, files.values())) / 1e6:.2f} MB in {len(files)} files\n")


def _report_soundness(folder: Path) -> int:
    issues = check_networks(read_sample(folder))
    for issue in issues[:40]:
        sys.stdout.write(f"{issue.code} {issue.element}: {issue.message}\n")
    sys.stdout.write(f"soundness: {len(issues)} issues\n")
    return 1 if issues else 0


if __name__ == "__main__":
    raise SystemExit(main())
