#!/usr/bin/env python3
"""Reads a safetensors file with the standard library alone, from the format's specification, and prints it as JSON.

    safetensors_reader.py FILE  ->  {"metadata": {...}, "tensors": {"name": {"dtype", "shape", "values"}}}

It refuses what the specification forbids: holes, overlaps, bytes after the last tensor.
"""
import json
import struct
import sys

FORMATS = {"F64": "d", "F32": "f", "F16": "e", "I64": "q", "I32": "i", "I16": "h", "I8": "b", "U8": "B", "BOOL": "?"}


def read(path):
    with open(path, "rb") as file:
        raw = file.read()
    (length,) = struct.unpack_from("<Q", raw)
    header = json.loads(raw[8:8 + length].decode("utf-8"))
    if not raw[8:9] == b"{":
        raise SystemExit("the header must begin with {")
    data = raw[8 + length:]
    metadata = header.pop("__metadata__", {})
    tensors, position = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: tuple(item[1]["data_offsets"])):
        begin, end = entry["data_offsets"]
        code = FORMATS[entry["dtype"]]
        count = 1
        for size in entry["shape"]:
            count *= size
        if begin != position or end - begin != count * struct.calcsize("<" + code):
            raise SystemExit(f"tensor {name} is not where or as long as it should be")
        if begin % struct.calcsize("<" + code) or (8 + length) % 8:
            raise SystemExit(f"tensor {name} is not aligned")
        values = list(struct.unpack(f"<{count}{code}", data[begin:end]))
        tensors[name] = {"dtype": entry["dtype"], "shape": entry["shape"], "values": values}
        position = end
    if position != len(data):
        raise SystemExit("bytes follow the last tensor")
    return {"metadata": metadata, "tensors": tensors}


if __name__ == "__main__":
    json.dump(read(sys.argv[1]), sys.stdout)
