package dev.edgefleet.action.program;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.TaskPreview;
import dev.edgefleet.action.file.SentFiles;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.program.RunScript;
import dev.edgefleet.text.ShellWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code script}: runs a file of the controller on the device. */
public final class ScriptAction implements Action<ScriptAction.Parameters> {
  /** Parameters of {@code script}. */
  public record Parameters(
      @Param(
              value = "File on the controller and the script's arguments, quoted as for a shell.",
              freeForm = true)
          String cmd,
      @Param("Directory on the device to run it in.") Optional<String> chdir,
      @Param("A path or pattern on the device; when it exists, the script is not run.")
          Optional<String> creates,
      @Param("A path or pattern on the device; when it does not exist, the script is not run.")
          Optional<String> removes,
      @Param(
              value = "Run it on the device apart from the connection, with a receipt; see below.",
              byDefault = "false")
          boolean job,
      @Param("What runs the script, with its options; instead of what its first line says.")
          Optional<String> executable) {
    public Parameters {
      if (ShellWords.split(cmd).isEmpty()) {
        throw new BadInput("the script has no name", "name a file on the controller");
      }
    }
  }

  @Override
  public String name() {
    return "script";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return ProgramRun.documented(
        Documentation.of("Runs a file of the controller on the device.")
            .note(
                "The file may be of any kind; its #! line says what runs it. It is on the device"
                    + " only while it runs, in a directory that only its user may enter.")
            .note("Its arguments show in the device's process list.")
            .note(
                "stdout and stderr keep the line feeds at their ends, as Ansible's script has it.")
            .example(
                "Run a script with an argument, once",
                """
                - script:
                    cmd: files/prepare.sh "first start"
                    creates: /tmp/prepared
                """));
  }

  @Override
  public boolean repeatable(Parameters parameters) {
    return ProgramRun.repeatable(parameters.job(), parameters.creates(), parameters.removes());
  }

  @Override
  public void checkFiles(TaskPreview task) {
    task.text("cmd")
        .map(ShellWords::split)
        .filter(words -> !words.isEmpty())
        .flatMap(words -> task.file("cmd", words.getFirst()))
        .ifPresent(
            file ->
                task.lookOnce(
                    "cmd",
                    file,
                    () -> {
                      if (Files.isDirectory(file)) {
                        throw new BadInput(file + " is a directory", "name the script in it");
                      }
                      SentFiles.look(file, task);
                    }));
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    List<String> words = ShellWords.split(parameters.cmd());
    Path file = context.controllerFile(words.getFirst());
    byte[] content = context.content(file);
    String name = String.valueOf(file.getFileName());
    return new ProgramRun(
            name,
            parameters.cmd(),
            parameters.chdir(),
            parameters.creates(),
            parameters.removes(),
            false,
            parameters.job())
        .run(
            context,
            execution ->
                new RunScript(
                    name,
                    content,
                    parameters.executable().map(ShellWords::split).orElse(List.of()),
                    words.subList(1, words.size()),
                    execution));
  }
}
