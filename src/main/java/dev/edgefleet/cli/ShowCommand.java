package dev.edgefleet.cli;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.recorded.RecordCheck;
import dev.edgefleet.run.recorded.ShownRun;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edgefleet show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Tells of one run: how it stands, its waves, what failed and what to do, and what it waits"
            + " for.",
    footer = {
      "",
      "Examples:",
      "  The newest run:",
      "    edgefleet show last",
      "  Every step of one device:",
      "    edgefleet show 20261124-1015 --device press-01"
    })
final class ShowCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "All steps of this device, with what each of them said.")
  private @Nullable String device;

  @Override
  public Integer call() {
    RunDirectory directory = options.directory();
    Optional<String> mistake = RecordCheck.mistake(directory);
    mistake.ifPresent(
        what ->
            new Messages(System.err, Style.automatic()).error(what, RecordCheck.remedy(directory)));
    try {
      show(directory, mistake.isEmpty());
    } catch (BadInput e) {
      // What cannot even be read was told of.
      if (mistake.isEmpty()) {
        throw e;
      }
    }
    return mistake.isEmpty() ? 0 : ExitCode.RECORD_BROKEN.number();
  }

  private void show(RunDirectory directory, boolean recordIsTrue) {
    ShownRun run = ShownRun.of(directory, recordIsTrue);
    Optional.ofNullable(device)
        .ifPresentOrElse(
            name -> run.device(name, System.out, Style.automatic()),
            () -> run.print(System.out, Style.automatic()));
  }
}
