#!/usr/bin/env python3
"""Reads a TensorBoard event file with the standard library alone, from the formats' specifications, and prints it as JSON.

    tfevents_reader.py FILE  ->  [{"wall_time", "step", "file_version" | "tag" and "scalar" | "text" | "histogram" | "image"}, ...]

It refuses records whose length or content does not have its checksum, and fields that are not in event.proto and summary.proto.
"""
import base64
import json
import struct
import sys

TABLE = []
for byte in range(256):
    for _ in range(8):
        byte = (byte >> 1) ^ (0x82F63B78 if byte & 1 else 0)
    TABLE.append(byte)


def masked(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def records(raw):
    at = 0
    while at < len(raw):
        length, check = struct.unpack_from("<QI", raw, at)
        data = raw[at + 12:at + 12 + length]
        (content_check,) = struct.unpack_from("<I", raw, at + 12 + length)
        if masked(raw[at:at + 8]) != check or len(data) != length or masked(data) != content_check:
            raise SystemExit(f"the record at byte {at} is damaged")
        yield data
        at += 16 + length


def fields(data):
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        tag = varint()
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            value = varint()
        elif wire == 2:
            size = varint()
            value = bytes(data[at:at + size])
            if len(value) != size:
                raise SystemExit(f"field {number} is cut off")
            at += size
        else:
            size = {1: 8, 5: 4}[wire]
            (value,) = struct.unpack_from({1: "<d", 5: "<f"}[wire], data, at)
            at += size
        yield number, value


def doubles(data):
    return list(struct.unpack(f"<{len(data) // 8}d", data))


def summary(data):
    (value,) = [content for number, content in fields(data) if number == 1]
    result = {}
    for number, content in fields(value):
        if number == 1:
            result["tag"] = content.decode()
        elif number == 2:
            result["scalar"] = "NaN" if content != content else format(content, "g")
        elif number == 4:
            parts = dict(fields(content))
            result["image"] = {"height": parts[1], "width": parts[2], "colorspace": parts[3], "png": base64.b64encode(parts[4]).decode()}
        elif number == 5:
            parts = dict(fields(content))
            result["histogram"] = dict(zip(("min", "max", "num", "sum", "sum_squares"), (parts[i] for i in range(1, 6))),
                                       bucket_limit=doubles(parts[6]), bucket=doubles(parts[7]))
        elif number == 8:
            parts = dict(fields(content))
            shape = [dict(fields(dim))[1] for _, dim in fields(parts[2])]
            if parts[1] != 7 or shape != [1]:
                raise SystemExit(f"a tensor of type {parts[1]} and shape {shape} is no text")
            result["text"] = parts[8].decode()
        elif number == 9:
            result["plugin"] = dict(fields(dict(fields(content))[1]))[1].decode()
        else:
            raise SystemExit(f"a value has the field {number}")
    return result


def main(path):
    events = []
    for data in records(open(path, "rb").read()):
        event = {"step": 0}
        for number, content in fields(data):
            if number == 1:
                event["wall_time"] = content
            elif number == 2:
                event["step"] = content
            elif number == 3:
                event["file_version"] = content.decode()
            elif number == 5:
                event.update(summary(content))
            else:
                raise SystemExit(f"an event has the field {number}")
        events.append(event)
    sys.stdout.reconfigure(encoding="utf-8")
    json.dump(events, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
