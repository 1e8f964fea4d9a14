"""Bytes by source address, the way one writes it in Python: file or folder, then how many processes. Prints the milliseconds and the answer."""
import json
import multiprocessing
import pathlib
import sys
import time


def add_up(path):
    with open(path, "rb") as file:
        log = json.load(file)
    sums = {}
    tuples = 0
    for record in log["records"]:
        for rule in record["properties"]["flows"]:
            for flow in rule["flows"]:
                for line in flow["flowTuples"]:
                    fields = line.split(",")
                    size = int(fields[10] or 0) + int(fields[12] or 0)
                    source = fields[1]
                    sums[source] = sums.get(source, 0) + size
                    tuples += 1
    return tuples, sums


def main(path, processes):
    start = time.perf_counter()
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if processes > 1:
        with multiprocessing.Pool(processes) as pool:
            parts = list(pool.imap_unordered(add_up, files))
    else:
        parts = map(add_up, files)
    sums = {}
    tuples = 0
    for count, part in parts:
        tuples += count
        for source, size in part.items():
            sums[source] = sums.get(source, 0) + size
    print("pass", (time.perf_counter() - start) * 1000)
    print("answer", tuples, len(sums), sum(sums.values()), max(sums.values()))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
