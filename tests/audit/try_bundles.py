"""Tries examples/verify_bundle.py: every bundle of a folder holds, and none that was tampered with does.

    try_bundles.py VERIFIER FOLDER SEED PROOFS TAMPERINGS

Prints how many proofs were accepted and how many tamperings refused; ends with 1 at the first that was not.
"""

import base64
import copy
import importlib.util
import json
import pathlib
import random
import sys

verifier_path, folder, seed, proofs_wanted, tamperings = sys.argv[1:]
spec = importlib.util.spec_from_file_location("verify_bundle", verifier_path)
verifier = importlib.util.module_from_spec(spec)
sys.dont_write_bytecode = True
spec.loader.exec_module(verifier)
chance = random.Random(int(seed))


def flip(text):
    """Base64 with one bit of its bytes flipped."""
    raw = bytearray(base64.b64decode(text))
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return base64.b64encode(bytes(raw)).decode()


def any_record(bundle):
    return chance.choice(bundle["records"])


def stored(bundle):
    record = any_record(bundle)
    record["stored"] = flip(record["stored"])


def stored_and_told(bundle):
    """The forger changes the bytes, and the words with them where they can still be read."""
    record = any_record(bundle)
    record["stored"] = flip(record["stored"])
    record["reading"] = verifier.read_record(base64.b64decode(record["stored"]))


def proof_bit(bundle):
    path = any_record(bundle)["proof"]
    at = chance.randrange(len(path))
    path[at] = flip(path[at])


def proof_shorter(bundle):
    any_record(bundle)["proof"].pop()


def proof_longer(bundle):
    path = any_record(bundle)["proof"]
    path.append(chance.choice(path))


def proof_of_another(bundle):
    one, other = chance.sample(bundle["records"], 2)
    one["proof"], other["proof"] = other["proof"], one["proof"]
    if one["proof"] == other["proof"]:
        proof_bit(bundle)


def words(bundle):
    reading = any_record(bundle)["reading"]
    name = chance.choice(["effectiveOn", "recordedAt", "kind", "source"])
    reading[name] = reading[name][:-1] + ("0" if reading[name][-1] != "0" else "1")


def actor(bundle):
    any_record(bundle)["reading"]["actor"]["user"] += "x"


def fact(bundle):
    reading = any_record(bundle)["reading"]["fact"]
    reading[chance.choice(list(reading) or ["added"])] = "forged"


def dropped(bundle):
    bundle["records"].pop(chance.randrange(len(bundle["records"])))


def dropped_and_counted(bundle):
    """Not the last one: what may follow it, no bundle proves."""
    at = chance.randrange(len(bundle["records"]) - 1)
    gone = bundle["records"].pop(at)
    for stream in bundle["streams"]:
        stream["records"] -= any(about["stream"] == stream["stream"] for about in gone["reading"]["about"])


def twice(bundle):
    bundle["records"].insert(0, copy.deepcopy(any_record(bundle)))


def swapped(bundle):
    one, other = chance.sample(range(len(bundle["records"])), 2)
    records = bundle["records"]
    records[one], records[other] = records[other], records[one]


def checkpoint_size(bundle):
    lines = bundle["checkpoint"].split("\n")
    lines[1] = str(int(lines[1]) + chance.choice([-1, 1]))
    bundle["checkpoint"] = "\n".join(lines)


def checkpoint_root(bundle):
    lines = bundle["checkpoint"].split("\n")
    lines[2] = flip(lines[2])
    bundle["checkpoint"] = "\n".join(lines)


def checkpoint_origin(bundle):
    bundle["checkpoint"] = "x" + bundle["checkpoint"]


def signature(bundle):
    text, _, data = bundle["checkpoint"].rstrip("\n").rpartition(" ")
    bundle["checkpoint"] = text + " " + flip(data) + "\n"


def other_person(bundle):
    bundle["participant"] = "00000000-0000-4000-8000-000000000000"


TAMPERINGS = [
    stored, stored_and_told, proof_bit, proof_shorter, proof_longer, proof_of_another, words, actor, fact, dropped,
    dropped_and_counted, twice, swapped, checkpoint_size, checkpoint_root, checkpoint_origin, signature, other_person,
]

bundles = []
proofs = 0
for path in sorted(pathlib.Path(folder).glob("*.json")):
    bundle = json.loads(path.read_text())
    against = (path.with_suffix(".earlier").read_text() if path.with_suffix(".earlier").exists() else None)
    proofs += len(verifier.check_bundle(bundle, bundle["verifierKey"], against))
    bundles.append((path.name, bundle, against))
if proofs < int(proofs_wanted):
    sys.exit(f"only {proofs} proofs to try")

refused = dict.fromkeys((tamper.__name__ for tamper in TAMPERINGS), 0)
while sum(refused.values()) < int(tamperings):
    name, bundle, _ = chance.choice(bundles)
    forged = copy.deepcopy(bundle)
    tamper = TAMPERINGS[sum(refused.values()) % len(TAMPERINGS)]
    try:
        tamper(forged)
    except (verifier.Refused, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError):
        # The forged bytes cannot be read at all, or there is nothing to forge: not a tampering, another is drawn.
        continue
    if forged == bundle:
        continue
    try:
        verifier.check_bundle(forged, bundle["verifierKey"])
    # What the verifier's own main takes for a refusal.
    except (verifier.Refused, KeyError, TypeError, ValueError, AttributeError, OverflowError, IndexError):
        refused[tamper.__name__] += 1
        continue
    sys.exit(f"seed {seed}: {tamper.__name__} of {name} was accepted")

# A checkpoint of another history is refused although it is signed: the proof of growth does not lead to it.
for name, bundle, against in bundles:
    if against is None or "consistency" not in bundle:
        continue
    lines = against.split("\n")
    lines[2] = flip(lines[2])
    try:
        verifier.check_bundle(bundle, bundle["verifierKey"], "\n".join(lines))
    except verifier.Refused:
        continue
    sys.exit(f"seed {seed}: {name} was accepted against a checkpoint of another log")

print(f"{proofs} proofs accepted, {sum(refused.values())} tamperings refused: {refused}")
