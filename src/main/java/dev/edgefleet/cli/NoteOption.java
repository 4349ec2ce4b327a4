package dev.edgefleet.cli;

import picocli.CommandLine.Option;

/** What an operator says beside a word to a run. */
final class NoteOption {
  @Option(
      names = {"-m", "--note"},
      paramLabel = "TEXT",
      defaultValue = "",
      description = "A word for the record.")
  private String note = "";

  String text() {
    return note;
  }
}
