package dev.edgefleet.engine.step;

import dev.edgefleet.connect.BecomeWords;
import dev.edgefleet.connect.Connector;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.engine.wave.DeviceSession;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.BecomeKeywords;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.remote.Become;
import java.util.Map;
import java.util.Optional;

/** Whom a task runs as. */
record BecomeChoice(DeviceSession session, Task task, Variables seen) {
  Optional<Become> become() {
    return task.keywords().onController() ? onController() : onDevice();
  }

  // A device's variables win over the words of the playbook, as in Ansible.
  private Optional<Become> onDevice() {
    BecomeKeywords said = task.keywords().become();
    Connector links = session.services().links();
    return links.becomes(seen).or(() -> wanted(said)).orElse(session.request().login().become())
        ? Optional.of(links.become(seen, words(said)))
        : Optional.empty();
  }

  // What the inventory says is of the device and not of the controller.
  private Optional<Become> onController() {
    BecomeKeywords said = task.keywords().become();
    LoginDefaults login = session.request().login();
    return wanted(said).orElse(login.become())
        ? Optional.of(session.services().links().become(Variables.of(Map.of()), words(said)))
        : Optional.empty();
  }

  private BecomeWords words(BecomeKeywords said) {
    return new BecomeWords(
        said.user().map(this::evaluated),
        said.method().map(this::evaluated),
        said.exe().map(this::evaluated),
        said.flags().map(this::evaluated));
  }

  private Optional<Boolean> wanted(BecomeKeywords said) {
    Evaluator values = new Evaluator(session.services().templates(), seen);
    return said.become().map(values::holds);
  }

  private String evaluated(String word) {
    return String.valueOf(session.services().templates().evaluate(word, seen));
  }
}
