package dev.edgefleet.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.edgefleet.journal.EventJson;
import dev.edgefleet.journal.JournalEntry;
import java.io.PrintStream;

/** One JSON object a line, each an entry of the journal. */
public final class JsonProgress implements Progress {
  private final PrintStream out;

  public JsonProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(JournalEntry entry) {
    // An event is an object of at least its own name, so there is something after the brace.
    String line =
        "{\"sequence\":"
            + entry.sequence()
            + ",\"at\":\""
            + entry.at()
            + "\","
            + body(entry).substring(1);
    synchronized (out) {
      out.println(line);
    }
  }

  @Override
  public void close() {
    out.flush();
  }

  private static String body(JournalEntry entry) {
    try {
      return EventJson.write(entry.event());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event that was written once", e);
    }
  }
}
