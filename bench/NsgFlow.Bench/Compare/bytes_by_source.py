"""Bytes by source address, the way one writes it in Python. Prints each pass's milliseconds and the answer."""
import json
import sys
import time

start = time.perf_counter()
with open(sys.argv[1], "rb") as file:
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
print("pass", (time.perf_counter() - start) * 1000)
print("answer", tuples, len(sums), sum(sums.values()), max(sums.values()))
