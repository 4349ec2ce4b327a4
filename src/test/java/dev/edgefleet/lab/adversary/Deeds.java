package dev.edgefleet.lab.adversary;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.file.CheckReadable;
import dev.edgefleet.remote.file.DescribeFile;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.MakeLink;
import dev.edgefleet.remote.file.PruneBackups;
import dev.edgefleet.remote.file.ReadFile;
import dev.edgefleet.remote.file.RemoveFile;
import dev.edgefleet.remote.file.SetAttributes;
import dev.edgefleet.remote.file.SetTreeAttributes;
import dev.edgefleet.remote.file.StatFile;
import dev.edgefleet.remote.file.TouchFile;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.job.StartJob;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.program.RunScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every operation that touches paths of an operator's choice, or puts a program of its own on the
 * device. Those that only ask the kernel or systemd, and those that keep root's own notes below
 * /var/lib, have nothing that a lesser user could reach.
 */
final class Deeds {
  /** The content of a file that only root may read in the end. */
  static final String BODY = "BODY-FOR-ROOT-ALONE-5d8e";

  /** What the command says in front of the directory that it runs in. */
  static final String RUNS_IN = "runs in ";

  private static final String OWNER = "mallory";
  private static final Optional<String> NONE = Optional.empty();
  private static final byte[] NOTHING = {};

  private final List<Deed> deeds = new ArrayList<>();

  private Deeds() {}

  /** In this directory. */
  static List<Deed> in(String directory) {
    Deeds deeds = new Deeds();
    deeds.files(directory);
    deeds.directories(directory);
    deeds.looks(directory);
    deeds.programs(directory);
    return List.copyOf(deeds.deeds);
  }

  private void add(
      String name,
      String script,
      Map<String, String> parameters,
      byte[] body,
      Operation<?> operation) {
    deeds.add(new Deed(name, script, parameters, body, operation));
  }

  private void files(String directory) {
    String app = directory + "/app.conf";
    String fresh = directory + "/new.conf";
    Optional<String> owner = Optional.of(OWNER);
    byte[] body = (BODY + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] plain = "a new file\n".getBytes(StandardCharsets.UTF_8);
    add(
        "write a file for root",
        "write-file",
        Map.of(
            "path",
            app,
            "owner",
            "root",
            "group",
            "root",
            "mode",
            "0600",
            "backup",
            "false",
            "sha256",
            Victims.sha256(body)),
        body,
        new WriteFile(
            app,
            body,
            Optional.of("root"),
            Optional.of("root"),
            Optional.of("0600"),
            NONE,
            false,
            Optional.empty()));
    add(
        "write a file for its owner, with a backup",
        "write-file",
        Map.of("path", app, "owner", OWNER, "backup", "true", "sha256", Victims.sha256(plain)),
        plain,
        new WriteFile(app, plain, owner, NONE, NONE, NONE, true, Optional.empty()));
    add(
        "write a new file",
        "write-file",
        Map.of(
            "path",
            fresh,
            "owner",
            OWNER,
            "mode",
            "0644",
            "backup",
            "false",
            "sha256",
            Victims.sha256(plain)),
        plain,
        new WriteFile(
            fresh, plain, owner, NONE, Optional.of("0644"), NONE, false, Optional.empty()));
    add(
        "set a file's attributes",
        "set-attributes",
        Map.of("path", app, "owner", OWNER, "mode", "0666"),
        NOTHING,
        new SetAttributes(app, owner, NONE, Optional.of("0666")));
    add(
        "touch a file",
        "touch-file",
        Map.of("path", app, "mode", "0666"),
        NOTHING,
        new TouchFile(app, NONE, NONE, Optional.of("0666")));
    add(
        "touch a new file",
        "touch-file",
        Map.of("path", fresh, "owner", OWNER),
        NOTHING,
        new TouchFile(fresh, owner, NONE, NONE));
    add(
        "make a link",
        "make-link",
        Map.of("path", directory + "/link", "target", "/etc/hostname", "force", "true"),
        NOTHING,
        new MakeLink(directory + "/link", "/etc/hostname", true));
    add(
        "remove a file",
        "remove",
        Map.of("path", app, "recursive", "false"),
        NOTHING,
        new RemoveFile(app, false));
    add(
        "prune backups",
        "prune-backups",
        Map.of("older_than", "1", "keep", "0", "check", "false"),
        NOTHING,
        new PruneBackups(1, 0, false));
  }

  private void directories(String directory) {
    String data = directory + "/data";
    String deep = directory + "/newdir/below";
    Optional<String> owner = Optional.of(OWNER);
    add(
        "make a directory",
        "make-directory",
        Map.of("path", deep, "owner", OWNER, "mode", "0755"),
        NOTHING,
        new MakeDirectory(deep, owner, NONE, Optional.of("0755")));
    add(
        "make a directory that is there",
        "make-directory",
        Map.of("path", data, "mode", "0777"),
        NOTHING,
        new MakeDirectory(data, NONE, NONE, Optional.of("0777")));
    add(
        "set a tree's attributes",
        "set-tree-attributes",
        Map.of("path", data, "owner", OWNER, "group", "operator", "mode", "0777", "check", "false"),
        NOTHING,
        new SetTreeAttributes(data, owner, Optional.of("operator"), Optional.of("0777"), false));
    add(
        "remove a directory",
        "remove",
        Map.of("path", data, "recursive", "true"),
        NOTHING,
        new RemoveFile(data, true));
  }

  private void looks(String directory) {
    String app = directory + "/app.conf";
    add(
        "read a file",
        "read-file",
        Map.of("path", app, "limit", "1000000"),
        NOTHING,
        new ReadFile(app, 1_000_000));
    add("stat a file", "stat", Map.of("path", app), NOTHING, new StatFile(app));
    add(
        "describe a file",
        "describe-file",
        Map.of("path", app, "follow", "true", "checksum", "sha256"),
        NOTHING,
        new DescribeFile(app, false, Optional.of("sha256")));
    add(
        "check whether a file is readable",
        "check-readable",
        Map.of("path", app, "user", "iotedge"),
        NOTHING,
        new CheckReadable(app, "iotedge"));
  }

  private void programs(String directory) {
    String data = directory + "/data";
    byte[] script = "#!/bin/sh\necho \"the script ran\"\n".getBytes(StandardCharsets.UTF_8);
    var inData =
        new Execution(
            Optional.of(data), Optional.empty(), Optional.of(directory + "/app.conf"), Map.of());
    String tell = "echo \"" + RUNS_IN + "$(pwd -P)\"";
    add(
        "run a command in a directory",
        "run-command",
        Map.of(
            "arg1",
            "sh",
            "arg2",
            "-c",
            "arg3",
            tell,
            "chdir",
            data,
            "removes",
            directory + "/app.conf"),
        NOTHING,
        new RunProgram(List.of("sh", "-c", tell), NOTHING, inData));
    add(
        "run a script",
        "run-command",
        Map.of("file", "setup.sh", "arg1", "word"),
        script,
        new RunScript("setup.sh", script, List.of(), List.of("word"), Execution.PLAIN));
    add(
        "run a script with an interpreter",
        "run-command",
        Map.of("file", "setup", "interpreter1", "/bin/sh"),
        script,
        new RunScript("setup", script, List.of("/bin/sh"), List.of(), Execution.PLAIN));
    add(
        "start a script as a job",
        "start-job",
        Map.of("file", "setup.sh", "keep", "1209600", "chdir", data),
        script,
        new StartJob(
            new RunScript(
                "setup.sh",
                script,
                List.of(),
                List.of(),
                new Execution(Optional.of(data), Optional.empty(), Optional.empty(), Map.of())),
            Optional.empty()));
  }
}
