package dev.edgefleet.journal;

import dev.edgefleet.journal.RunEvent.DeviceStarted;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own that says on standard output what the journal has acknowledged. */
final class AppendUntilKilled {
  private AppendUntilKilled() {}

  public static void main(String[] arguments) throws InterruptedException {
    SqliteJournal journal = SqliteJournal.create(Path.of(arguments[0]));
    // Unbuffered: a line is out of this process once write returns.
    FileOutputStream out = new FileOutputStream(java.io.FileDescriptor.out);
    for (int device = 0; device < 50; device++) {
      String name = "device-" + device;
      Thread.ofVirtual()
          .start(
              () -> {
                for (int play = 1; ; play++) {
                  JournalEntry entry = journal.append(new DeviceStarted(play, name));
                  say(out, entry.sequence() + " " + entry.hash() + "\n");
                }
              });
    }
    Thread.sleep(60_000);
  }

  private static void say(FileOutputStream out, String line) {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
