"""Answers what inventories mean by running Ansible's own programs.

Reads a JSON list of {"program": "inventory" or "adhoc", "arguments": [...]}, answers a JSON list of
{"code", "out", "err"}. Ansible is loaded once; every question is a process of its own, because its
command line classes keep global state.
"""
import json
import os
import sys
import tempfile

from ansible.cli.adhoc import AdHocCLI
from ansible.cli.inventory import InventoryCLI

PROGRAMS = {
    "inventory": ("ansible-inventory", InventoryCLI),
    "adhoc": ("ansible", AdHocCLI),
}
PARALLEL = 2


def start(question):
    out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
    child = os.fork()
    if child:
        return child, out, err
    code = 250
    try:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        name, program = PROGRAMS[question["program"]]
        code = program([name] + question["arguments"]).run() or 0
    except SystemExit as end:
        code = end.code or 0
    except BaseException as error:
        os.write(2, str(error).encode())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def end(child, out, err):
    _, status = os.waitpid(child, 0)
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read().decode())
    return {"code": os.waitstatus_to_exitcode(status), "out": texts[0], "err": texts[1]}


def main():
    questions = json.load(sys.stdin)
    running, answers = [], []
    for question in questions:
        if len(running) == PARALLEL:
            answers.append(end(*running.pop(0)))
        running.append(start(question))
    answers.extend(end(*one) for one in running)
    json.dump(answers, sys.stdout)


main()
