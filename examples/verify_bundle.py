#!/usr/bin/env python3
"""Checks an audit bundle of trajet without trajet.

    pip install cryptography
    python3 verify_bundle.py FILE [--key KEY] [--against CHECKPOINT] [--show]

What is proven, and by what:

- The checkpoint was signed by KEY (Ed25519, a C2SP signed note). Give the key that the house handed you on another day
  and by another way: without --key the one in the bundle is used, and that proves nothing about who signed.
- Each record stands in the log of that checkpoint, byte by byte (SHA-256, RFC 6962 Merkle tree): both times, actor,
  fact, and the sealed parts as ciphertext. An erased person's records still verify.
- What the bundle says in words is what the bytes say (they are decoded here, and compared).
- No record of a listed file is left out before the last one shown: the records of each file are numbered from 1.
  Whether more were recorded after it, the bundle cannot prove.
- With --against, a checkpoint that you kept: the log has only grown since.

What is not proven: values under "opened" (they were deciphered by the house), and "standing" (it follows from the
records by trajet's rules). Exit code 0: everything holds; 1: something does not; 2: the call or the file is wrong.
"""

import argparse
import base64
import datetime
import hashlib
import json
import sys
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

DEPTH_MAX = 64
NAMES = {
    "i": "id", "a": "about", "k": "kind", "v": "version", "d": "effectiveOn", "w": "actor", "b": "onBehalfOf",
    "o": "source", "t": "batch", "u": "causation", "x": "correlation", "l": "ruleSet", "g": "legalBasis",
    "c": "corrects", "f": "fact", "p": "sealed",
}
ACTOR = {"u": "user", "r": "role", "o": "organisation"}


class Refused(Exception):
    """The bundle does not hold, or is not one."""


# --- The tree (RFC 6962, section 2.1) -------------------------------------------------------------------------------


def leaf_hash(record):
    return hashlib.sha256(b"\x00" + record).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_inclusion(leaf, index, size, path):
    """The root that a path leads to (RFC 9162, 2.1.3.2); the path must be exactly as long as the tree is high."""
    if not 0 <= index < size:
        raise Refused(f"record {index + 1} does not stand in a log of {size}")
    node, last, hashed = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Refused("a proof is too long")
        if node & 1 or node == last:
            hashed = node_hash(sibling, hashed)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise Refused("a proof is too short")
    return hashed


def check_consistency(first, second, first_root, second_root, path):
    """The log of `second` records begins with that of `first` (RFC 9162, 2.1.4.2)."""
    if first > second:
        raise Refused(f"the log has {second} records, and had {first}: it was cut")
    if first == second or first == 0:
        if path or (first == second and first_root != second_root):
            raise Refused("the log is not the one of the earlier checkpoint")
        return
    if not path:
        raise Refused("the proof of growth is empty")
    path = list(path)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Refused("the proof of growth is too long")
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    if last != 0 or old != first_root or new != second_root:
        raise Refused("the log is not the one of the earlier checkpoint, grown: something in it was changed")


# --- The signed checkpoint (C2SP signed-note and tlog-checkpoint) ---------------------------------------------------


def unbase64(text):
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused(f"not base64: {text[:20]!r}") from None


def read_key(text):
    """A verifier key, NAME+8 hex digits+base64: the name, the id, the public key."""
    name, key_id, data = (text.strip().split("+", 2) + ["", ""])[:3]
    raw = unbase64(data)
    if len(raw) != 33 or raw[0] != 1:
        raise Refused("the key is not an Ed25519 verifier key")
    expected = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if key_id != expected.hex():
        raise Refused("the key's id is not that of its name and bytes")
    return name, expected, raw[1:]


def read_checkpoint(note):
    """The origin, the size, the root, the signed text, and its signatures."""
    text, parted, signatures = note.partition("\n\n")
    text += "\n"
    lines = text.split("\n")
    if not parted or len(lines) < 4 or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
        raise Refused("not a signed checkpoint")
    root = unbase64(lines[2])
    if len(root) != 32:
        raise Refused("the root of the checkpoint is not a SHA-256")
    found = []
    for line in signatures.splitlines():
        mark, _, rest = line.partition(" ")
        name, _, data = rest.rpartition(" ")
        if mark != "\u2014" or not name:
            raise Refused("a line behind the checkpoint is no signature")
        found.append((name, unbase64(data)))
    return lines[0], int(lines[1]), root, text, found


def check_signature(key, checkpoint):
    name, key_id, public = key
    origin, _, _, text, signatures = checkpoint
    if origin != name:
        raise Refused(f"the checkpoint is of {origin}, the key of {name}")
    for signer, data in signatures:
        if signer == name and data[:4] == key_id:
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(data[4:], text.encode())
                return
            except InvalidSignature:
                raise Refused("the signature of the checkpoint does not hold") from None
    raise Refused("the checkpoint is not signed by this key")


# --- The bytes of a record (MessagePack) ----------------------------------------------------------------------------


class Reader:
    """Reads the MessagePack values that a record is made of."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        if self.at + count > len(self.data):
            raise Refused("a record is cut off")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, count, signed=False):
        return int.from_bytes(self.take(count), "big", signed=signed)

    def value(self, depth=0):
        if depth > DEPTH_MAX:
            raise Refused("a record is nested too deeply")
        first = self.number(1)
        if first <= 0x7F or first >= 0xE0:
            return first if first <= 0x7F else first - 256
        if first <= 0x8F:
            return self.pairs(first & 15, depth)
        if first <= 0x9F:
            return self.items(first & 15, depth)
        if first <= 0xBF:
            return self.text(first & 31)
        return self.long(first, depth)

    def long(self, first, depth):
        if first in (0xC0, 0xC2, 0xC3):
            return {0xC0: None, 0xC2: False, 0xC3: True}[first]
        if 0xC4 <= first <= 0xC6:
            return self.take(self.number(1 << (first - 0xC4)))
        if 0xCC <= first <= 0xCF:
            return self.number(1 << (first - 0xCC))
        if 0xD0 <= first <= 0xD3:
            return self.number(1 << (first - 0xD0), signed=True)
        if 0xD9 <= first <= 0xDB:
            return self.text(self.number(1 << (first - 0xD9)))
        if first in (0xDC, 0xDD):
            return self.items(self.number(2 if first == 0xDC else 4), depth)
        if first in (0xDE, 0xDF):
            return self.pairs(self.number(2 if first == 0xDE else 4), depth)
        raise Refused(f"a record holds the byte {first:#x}, which trajet never writes")

    def text(self, count):
        try:
            return self.take(count).decode()
        except UnicodeDecodeError:
            raise Refused("a text of a record is not UTF-8") from None

    def items(self, count, depth):
        return [self.value(depth + 1) for _ in range(count)]

    def pairs(self, count, depth):
        found = {}
        for _ in range(count):
            key = self.value(depth + 1)
            if not isinstance(key, str) or key in found:
                raise Refused("a record names a field twice, or by something that is no text")
            found[key] = self.value(depth + 1)
        return found


def whole(data):
    reader = Reader(data)
    found = reader.value()
    if reader.at != len(data):
        raise Refused("bytes follow where a fact ends")
    return found


def plain(value, name=None):
    """A value as the bundle writes it: bytes as a UUID (16), as kind:UUID (17), else as base64.

    Only bytes under the name "fact" are a value of their own: the content that a correction puts in place of another.
    """
    if isinstance(value, bytes):
        if name == "fact":
            return plain(whole(value))
        if len(value) == 16:
            return str(uuid.UUID(bytes=value))
        if len(value) == 17:
            return f"{value[0]}:{uuid.UUID(bytes=value[1:])}"
        return base64.b64encode(value).decode()
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item, key) for key, item in value.items()}
    return value


def read_record(stored):
    """A stored record in words: a stamp of the store, then the event."""
    reader = Reader(stored)
    stamp, event = reader.value(), reader.value()
    if reader.at != len(stored) or not isinstance(stamp, list) or len(stamp) != 3 or not isinstance(event, dict):
        raise Refused("a record is not a stamp and an event")
    position, micros, revisions = stamp
    at = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=micros)
    words = {"position": position, "recordedAt": at.isoformat(timespec="microseconds") + "Z"}
    for short, value in event.items():
        if short not in NAMES:
            raise Refused(f"a record has a field {short!r} that this verifier does not know")
        words[NAMES[short]] = value
    words["about"] = [
        {"stream": plain(about["s"]), "role": about["r"], "revision": revision}
        for about, revision in zip(words["about"], revisions, strict=True)
    ]
    words["actor"] = {ACTOR[short]: value for short, value in words["actor"].items()}
    words["fact"] = plain(whole(words["fact"]))
    sealed = words.pop("sealed", [])
    words["sealed"] = [
        {"subject": plain(part["s"]), "class": part["c"], "bytes": len(part["b"]),
         "sha256": hashlib.sha256(part["b"]).hexdigest()}
        for part in sealed
    ]
    return {key: value if key in ("about", "sealed") else plain(value) for key, value in words.items()}


# --- The bundle -----------------------------------------------------------------------------------------------------


def check_bundle(bundle, key_text=None, against=None):
    """Raises `Refused` unless everything holds; returns the records in words."""
    if not isinstance(bundle, dict) or bundle.get("format") != "trajet-audit-bundle" or bundle.get("version") != 1:
        raise Refused("not an audit bundle of version 1")
    checkpoint = read_checkpoint(bundle["checkpoint"])
    _, size, root, _, _ = checkpoint
    check_signature(read_key(key_text or bundle["verifierKey"]), checkpoint)
    revisions = {stream["stream"]: 0 for stream in bundle["streams"]}
    position, recorded_at = 0, ""
    records = []
    for entry in bundle["records"]:
        stored = unbase64(entry["stored"])
        record = read_record(stored)
        where = f"record {record['position']}"
        path = [unbase64(step) for step in entry["proof"]]
        if root_from_inclusion(leaf_hash(stored), record["position"] - 1, size, path) != root:
            raise Refused(f"{where} is not the one in the log")
        if record != entry["reading"]:
            raise Refused(f"{where}: what the bundle says of it is not what its bytes say")
        if record["position"] <= position:
            raise Refused(f"{where} is out of order")
        if record["recordedAt"] < recorded_at:
            raise Refused(f"{where} was recorded before the one in front of it")
        position, recorded_at = record["position"], record["recordedAt"]
        listed = [about for about in record["about"] if about["stream"] in revisions]
        if not listed:
            raise Refused(f"{where} is about none of the files of the bundle")
        for about in listed:
            revisions[about["stream"]] += 1
            if about["revision"] != revisions[about["stream"]]:
                raise Refused(f"{where}: record {revisions[about['stream']]} of {about['stream']} is left out")
        records.append(record)
    if f"1:{bundle['participant']}" not in revisions:
        raise Refused("the file of the participant is not among those of the bundle")
    for stream in bundle["streams"]:
        if revisions[stream["stream"]] != stream["records"]:
            raise Refused(f"{stream['stream']} has {revisions[stream['stream']]} records, not {stream['records']}")
    if against is not None:
        check_growth(bundle, checkpoint, against)
    return records


def check_growth(bundle, checkpoint, against):
    earlier = read_checkpoint(against)
    if earlier[0] != checkpoint[0]:
        raise Refused(f"the earlier checkpoint is of {earlier[0]}, the bundle of {checkpoint[0]}")
    proof = bundle.get("consistency") or {"from": None, "proof": []}
    if earlier[1] not in (0, checkpoint[1]) and proof["from"] != earlier[1]:
        raise Refused(f"the bundle holds no proof from {earlier[1]} records on: ask for one with --against")
    path = [unbase64(step) for step in proof["proof"]] if earlier[1] not in (0, checkpoint[1]) else []
    check_consistency(earlier[1], checkpoint[1], earlier[2], checkpoint[2], path)


def show(records):
    for record in records:
        actor = record["actor"]
        print(f"{record['position']:>8}  {record['effectiveOn']}  {record['recordedAt']}  {record['kind']:<28} "
              f"{actor['user']} ({actor['role']}, {actor['organisation']})")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Checks an audit bundle of trajet without trajet.")
    parser.add_argument("file", help="the bundle")
    parser.add_argument("--key", help="the verifier key that you were given, NAME+ID+BASE64")
    parser.add_argument("--against", help="a file with a checkpoint that you kept")
    parser.add_argument("--show", action="store_true", help="print the records, as their bytes say")
    options = parser.parse_args(arguments)
    try:
        with open(options.file, encoding="utf-8") as file:
            bundle = json.load(file)
        against = None
        if options.against:
            with open(options.against, encoding="utf-8", newline="") as file:
                against = file.read()
    except (OSError, ValueError) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 2
    try:
        records = check_bundle(bundle, options.key, against)
    except Refused as refused:
        print(f"REFUSED: {refused}", file=sys.stderr)
        return 1
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, IndexError) as error:
        print(f"REFUSED: the bundle is malformed ({type(error).__name__}: {error})", file=sys.stderr)
        return 1
    if options.show:
        show(records)
    origin, size, root, _, _ = read_checkpoint(bundle["checkpoint"])
    print(f"{len(records)} records hold in the log {origin} of {size} records, root {root.hex()}.")
    if not options.key:
        print("The key came with the bundle: compare it with one that you got another way, or give --key.")
    if against is not None:
        print("The log has only grown since the checkpoint that you kept.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
