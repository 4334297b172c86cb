#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make.py [FILE]: writes customer-care.csv, 300 synthetic respondents; the same bytes every time."""
import os
import sys

ROWS = 300
OWNERS = ["Marketing", "Sales", "Customer service", "Chief customer officer", "Another department",
          "Not clear"]
TOOLS = ["Help desk", "Live chat", "Social listening", "CRM", "Chatbot"]
CHANNELS = ["Phone", "Email", "Chat", "Social media", "In person"]
SIZES = ["Under 100", "100-999", "1,000 or more"]
COMMENTS = [
    "Nobody owns it, so nobody fixes it.",
    'Our CEO says "care is marketing", and I agree.',
    "Three things:\n- answer sooner\n- one owner\n- better tools",
    "We lost a café chain over a late reply, then won it back.",
    "El equipo de atención contesta en español, inglés y francés.",
    "Señor Núñez in Peñíscola still phones me directly; that is our \"system\".",
    "Fine, thanks",
    "Too many tools, too few people — and no budget.",
    "Customers expect an answer in < 1 hour; we manage 5 & a half.",
    "n/a",
]


class Random:
    """Knuth's 64-bit linear congruential generator, so that no library decides what is drawn."""

    def __init__(self, seed):
        self.state = seed

    def unit(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) / 2**53

    def pick(self, values, weights=None):
        weights = weights or [1] * len(values)
        at = self.unit() * sum(weights)
        for value, weight in zip(values, weights):
            at -= weight
            if at < 0:
                return value
        return values[-1]


def respondent(number, random):
    country = random.pick(["US", "UK"], [65, 35])
    role = random.pick(["CMO", "Other marketer"], [30, 70])
    size = random.pick(SIZES, [45, 35, 20])
    owner = random.pick(OWNERS, [38 if role == "CMO" else 24, 12, 26, 9 if country == "US" else 4, 7,
                                 6 if role == "CMO" else 17])
    tools = [tool if random.unit() < share else "Not selected"
             for tool, share in zip(TOOLS, [0.52, 0.41, 0.3 if country == "US" else 0.2, 0.6, 0.15])]
    satisfied = random.pick(["1", "2", "3", "4", "5", ""], [6, 14, 27, 33, 14, 6])
    channels = [channel for channel, share in zip(CHANNELS, [0.7, 0.85, 0.4, 0.45, 0.2])
                if random.unit() < share]
    comment = random.pick(COMMENTS) if random.unit() < 0.3 else ""
    cell = {"US": 0.9, "UK": 1.2}[country] * {"CMO": 0.75, "Other marketer": 1.1}[role]
    cell *= dict(zip(SIZES, [1.25, 0.9, 0.7]))[size]
    weight = min(2.5, max(0.4, cell * (0.7 + 0.6 * random.unit())))
    return [str(1000 + number), country, role, size, owner, *tools, satisfied, ";".join(channels),
            comment, "%.4f" % weight]


def cell(text):
    return '"%s"' % text.replace('"', '""') if any(c in text for c in ',"\n') else text


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(folder, "customer-care.csv")
    random = Random(20240501)
    header = ["id", "country", "role", "size", "owner", *("tools_%d" % (i + 1) for i in range(len(TOOLS))),
              "satisfied", "channels", "comment", "weight"]
    with open(path, "w", encoding="utf-8", newline="") as file:
        for row in [header] + [respondent(i, random) for i in range(1, ROWS + 1)]:
            file.write(",".join(map(cell, row)) + "\n")


if __name__ == "__main__":
    main()
