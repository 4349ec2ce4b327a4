DOCUMENTATION = """
name: peer
type: stdout
short_description: One JSON object a line for what happened, into the file that PEER_EVENTS names
description: One JSON object a line for what happened.
"""

import json
import os

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "peer"

    def __init__(self):
        super().__init__()
        self.looped = set()
        self.out = open(os.environ["PEER_EVENTS"], "w", encoding="utf-8")

    def say(self, **event):
        self.out.write(json.dumps(event) + "\n")
        self.out.flush()

    def step(self, result, status, item=False):
        key = (result._host.get_name(), result._task._uuid)
        if result._task.action == "meta" or (not item and key in self.looped):
            return
        label = ""
        if item:
            self.looped.add(key)
            label = str(result._result.get("_ansible_item_label", ""))
            if result._result.get("censored"):
                label = "hidden by no_log"
        if status == "ok" and result._result.get("changed"):
            status = "changed"
        self.say(
            host=result._host.get_name(),
            task=result._task.get_name().strip(),
            item=label,
            status=status,
            msg=str(result._result.get("msg", "")),
        )

    def failed(self, result, item=False):
        ignored = bool(result._task_fields.get("ignore_errors"))
        self.step(result, "ignored" if ignored else "failed", item)

    def v2_runner_on_ok(self, result, **kwargs):
        self.step(result, "ok")

    def v2_runner_on_skipped(self, result):
        self.step(result, "skipped")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.step(result, "ignored" if ignore_errors else "failed")

    def v2_runner_on_unreachable(self, result):
        ignored = bool(result._task_fields.get("ignore_unreachable"))
        self.step(result, "ignored" if ignored else "unreachable")

    def v2_runner_item_on_ok(self, result):
        self.step(result, "ok", item=True)

    def v2_runner_item_on_skipped(self, result):
        self.step(result, "skipped", item=True)

    def v2_runner_item_on_failed(self, result):
        self.failed(result, item=True)

    def v2_runner_retry(self, result):
        self.say(
            host=result._host.get_name(),
            task=result._task.get_name().strip(),
            item="",
            status="retried",
            msg="",
        )

    def v2_playbook_on_stats(self, stats):
        for host in sorted(stats.processed):
            self.say(host=host, stats=stats.summarize(host))
