"""Times the program beside the same job in Python, on a job folder that `cargo bench` made.

    cargo bench && python3 benches/peer/run.py target/bench/job-100

needs openpyxl, XlsxWriter and python-calamine (pip install openpyxl xlsxwriter python-calamine) and
the release build. The quickest of several runs counts; only the ratios mean anything.
"""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.join(ROOT, "target", "release", "torimatome")


def took(command, times):
    best = None
    for _ in range(times):
        begun = time.perf_counter()
        ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=HERE)
        seconds = time.perf_counter() - begun
        if ended.returncode not in (0, 1):
            sys.exit(ended.stderr.decode())
        best = seconds if best is None else min(best, seconds)
    return best


def main():
    job = os.path.abspath(sys.argv[1])
    only = sys.argv[2:]
    output = os.path.join(ROOT, "target", "bench", "peer.xlsx")
    ours = took([PROGRAM, "merge", job, "--quiet", "-o", output], 3)
    print(f"torimatome                 1.0   ({ours:.3f} s)")
    for name in ["calamine_xlsxwriter", "openpyxl_usual"]:
        if only and name not in only:
            continue
        seconds = took([sys.executable, os.path.join(HERE, f"{name}.py"), job, output], 1)
        print(f"{name:<24} {seconds / ours:>5.1f}   ({seconds:.3f} s)")


main()
