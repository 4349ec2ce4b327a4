package dev.edgefleet.action.file;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.TaskPreview;
import dev.edgefleet.action.TemplateMarks;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.service.PendingRestart;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** {@code template}: puts a file of the controller on the device, its Jinja evaluated. */
public final class TemplateAction implements Action<TemplateAction.Parameters> {
  /** Parameters of {@code template}. */
  public record Parameters(
      @Param("Template on the controller, UTF-8.") String src,
      @Param("Path on the device; a directory, or ending in /, the name stays.") String dest,
      @Param("User that owns it; a new file belongs to the user the task runs as.")
          Optional<String> owner,
      @Param("Group of the file.") Optional<String> group,
      @Param(
              "Permission bits, as \"0644\" or u=rw,g=r,o=. Without it an existing file keeps its own; a new one"
                  + " gets 0644, or 0600 when it holds a private key.")
          Optional<FileMode> mode,
      @Param(value = "Keep the old file beside the new one.", byDefault = "false") boolean backup,
      @Param(
              value = "The line break behind a statement or comment goes with it.",
              byDefault = "true")
          boolean trimBlocks,
      @Param(
              value = "White space goes that stands alone before a statement in its line.",
              byDefault = "false")
          boolean lstripBlocks,
      @Param(
              value = "What a line break of the template becomes: \\n, \\r or \\r\\n.",
              byDefault = "\\n")
          String newlineSequence,
      @Param("What begins a statement, instead of {%.") Optional<String> blockStartString,
      @Param("What ends a statement, instead of %}.") Optional<String> blockEndString,
      @Param("What begins an expression, instead of {{.") Optional<String> variableStartString,
      @Param("What ends an expression, instead of }}.") Optional<String> variableEndString,
      @Param("What begins a comment, instead of {#.") Optional<String> commentStartString,
      @Param("What ends a comment, instead of #}.") Optional<String> commentEndString,
      @Param("A service that must restart when this file changes; noted on the device.")
          Optional<String> owesRestart,
      @Param(
              value = "Directory on the device for notes of owed restarts.",
              byDefault = "/var/lib/edgefleet")
          String stateDir,
      @Param(
              "Command that has to accept the new content before it takes the old one's place, with %s"
                  + " for the file that holds it, as in nginx -t -c %s.")
          Optional<String> validate,
      @Param(
              value =
                  "Follow symlinks whosever they are; else only those that root or the task's own"
                      + " user made where nobody else may write.",
              byDefault = "false")
          boolean follow) {
    public Parameters {
      validate.ifPresent(Validation::of);
      if (!newlineSequence.matches("(\\\\r|\r)?(\\\\n|\n)|\\\\r|\r")) {
        throw new BadInput(
            "'newline_sequence' is no line break", "write \"\\\\n\", \"\\\\r\" or \"\\\\r\\\\n\"");
      }
    }

    private String lineBreak() {
      return newlineSequence.replace("\\n", "\n").replace("\\r", "\r");
    }

    TemplateMarks marks() {
      return new TemplateMarks(
          blockStartString,
          blockEndString,
          variableStartString,
          variableEndString,
          commentStartString,
          commentEndString,
          trimBlocks,
          lstripBlocks,
          lineBreak());
    }
  }

  @Override
  public String name() {
    return "template";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Puts a file of the controller on the device, its Jinja evaluated.")
        .note(
            "A relative src is looked for in templates/ beside the playbook, then where copy looks.")
        .note(
            "The line feed behind a block such as {% if %} is dropped, the one at the file's end is"
                + " kept.")
        .note(
            "A first line such as \"#jinja2: lstrip_blocks: True\" sets these options for the file, and"
                + " is not written.")
        .example(
            "A configuration that owes the service a restart",
            """
            - template:
                src: app.conf.j2
                dest: /tmp/edgefleet-example/app.conf
                mode: "0640"
                backup: true
            """)
        .returning("dest", "text", "path on the device")
        .returning("checksum", "text", "SHA-1 of the content")
        .returning("sha256", "text", "SHA-256 of the content")
        .returning("size", "number", "bytes")
        .returning("backup_file", "text", "where the old file is kept, when it is")
        .returning("real_path", "text", "the file itself, where dest is a symlink to it")
        .returningCertificate("when the file is not made of certificates");
  }

  @Override
  public void checkFiles(TaskPreview task) {
    task.text("src")
        .flatMap(src -> task.file("src", places(src)))
        .ifPresent(file -> task.lookOnce("src", file, () -> parse(file, task)));
  }

  // With marks of its own what looks like Jinja may be none.
  private static void parse(Path file, TaskPreview task) {
    TemplateHeader header = TemplateHeader.of(text(file, task.content(file)), TemplateMarks.USUAL);
    if (header.marks().areUsual() && TemplateHeader.MARKS.stream().noneMatch(task::gives)) {
      task.parse(file, header.template());
    }
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    Path file = find(parameters.src(), context);
    TemplateHeader header =
        TemplateHeader.of(text(file, context.content(file)), parameters.marks());
    String text =
        context.render(header.template(), new Place(file.toString(), 1, 1), header.marks());
    DeviceFile.Desired wanted =
        new DeviceFile.Desired(
            parameters.dest(),
            text.getBytes(StandardCharsets.UTF_8),
            parameters.owner(),
            parameters.group(),
            parameters.mode(),
            parameters.backup(),
            parameters
                .owesRestart()
                .map(service -> new PendingRestart(service, parameters.stateDir())),
            parameters.follow(),
            parameters.validate().map(Validation::of));
    return CopiedFile.put(wanted, Optional.of(String.valueOf(file.getFileName())), context);
  }

  private static String[] places(String src) {
    return Path.of(src).isAbsolute() ? new String[] {src} : new String[] {"templates/" + src, src};
  }

  private static Path find(String src, ActionContext context) {
    if (Path.of(src).isAbsolute()) {
      return context.controllerFile(src);
    }
    try {
      return context.controllerFile("templates/" + src);
    } catch (BadInput inTemplates) {
      return context.controllerFile(src);
    }
  }

  private static String text(Path file, byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new BadInput(
          file + " is no UTF-8 text", "a template is text; use copy for other files");
    }
  }
}
