package dev.edgefleet.engine.step;

import dev.edgefleet.connect.Connector;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.engine.wave.DeviceSession;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.BecomeKeywords;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.remote.Become;
import java.util.Optional;

/** Whom a task runs as. */
record BecomeChoice(DeviceSession session, Task task, Variables seen) {
  Optional<Become> become() {
    return task.keywords().onController() ? onController() : onDevice();
  }

  // A device's variables win over the words of the playbook, as in Ansible.
  private Optional<Become> onDevice() {
    BecomeKeywords words = task.keywords().become();
    Connector links = session.services().links();
    if (!links.become(seen).or(() -> said(words)).orElse(session.request().login().become())) {
      return Optional.empty();
    }
    String user = links.becomeUser(seen).or(() -> words.user().map(this::evaluated)).orElse("root");
    return Optional.of(new Become(user, links.becomePassword(seen)));
  }

  // What the inventory says is of the device and not of the controller.
  private Optional<Become> onController() {
    BecomeKeywords words = task.keywords().become();
    LoginDefaults login = session.request().login();
    if (!said(words).orElse(login.become())) {
      return Optional.empty();
    }
    String user = words.user().map(this::evaluated).orElse("root");
    return Optional.of(new Become(user, login.becomePassword()));
  }

  private Optional<Boolean> said(BecomeKeywords words) {
    Evaluator values = new Evaluator(session.services().templates(), seen);
    return words.become().map(values::holds);
  }

  private String evaluated(String word) {
    return String.valueOf(session.services().templates().evaluate(word, seen));
  }
}
