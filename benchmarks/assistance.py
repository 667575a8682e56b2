"""Prints the figures of the desk of assistance beside their bars: regional programmes, matching.

Run ``python assistance.py`` on an otherwise idle machine; each section prints bar and figure, the exit code is 1 where one is missed.
"""

import sys

import assistance_matching
import assistance_plans

SECTIONS = {"Regional programmes": assistance_plans.run, "Matching": assistance_matching.run}


def main() -> int:
    missed = []
    for title, section in SECTIONS.items():
        print(f"\n{title}")
        if not section():
            missed.append(title)
    print("\nmissed: " + ", ".join(missed) if missed else "\nevery bar met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
