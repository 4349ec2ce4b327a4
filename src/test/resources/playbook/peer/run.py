"""Runs playbooks by Ansible, two at a time, in children of one process that has loaded it once.

Standard input is a JSON list: words (of the command line), events, printed (files to write to).
"""

import json
import os
import sys
import traceback

from ansible.cli.playbook import PlaybookCLI

AT_ONCE = 2


def run(job):
    printed = os.open(job["printed"], os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    os.environ["PEER_EVENTS"] = job["events"]
    cli = PlaybookCLI(job["words"])
    cli.parse()
    cli.run()


jobs = json.load(sys.stdin)
running = 0
while jobs or running:
    if jobs and running < AT_ONCE:
        job = jobs.pop(0)
        if os.fork() == 0:
            try:
                run(job)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(0)
        running += 1
    else:
        os.wait()
        running -= 1
