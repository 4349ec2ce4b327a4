package dev.edgefleet.cli;

import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.Kept;
import dev.edgefleet.journal.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The program, that is killed with SIGKILL at a chosen record of a chosen task: {@code start} after
 * the step's start is on disk, {@code effect} when its effect is done and its end is not recorded,
 * {@code end} after its end is on disk, {@code receipt} once a job has left its exit code below a
 * folder on the device, {@code record:N} after its process has written so many records, {@code
 * never}.
 */
public final class Victim {
  private Victim() {}

  /**
   * @param words when, task, the device's state folder, then those of edgefleet
   */
  public static void main(String[] words) {
    Edgefleet program =
        new Edgefleet(journal -> new Killing(journal, words[0], words[1], Path.of(words[2])));
    System.exit(Edgefleet.commandLine(program).execute(Arrays.copyOfRange(words, 3, words.length)));
  }

  static Class<?> killing() {
    return Killing.class;
  }

  private static final class Killing implements Journal {
    private final Journal journal;
    private final String when;
    private final String task;
    private final Path state;
    private final AtomicInteger records = new AtomicInteger();

    Killing(Journal journal, String when, String task, Path state) {
      this.journal = journal;
      this.when = when;
      this.task = task;
      this.state = state;
    }

    @Override
    public JournalEntry append(RunEvent event) {
      before(event);
      return after(journal.append(event));
    }

    @Override
    public JournalEntry append(RunEvent event, Kept kept) {
      before(event);
      return after(journal.append(event, kept));
    }

    private void before(RunEvent event) {
      if (when.equals("effect")
          && event instanceof RunEvent.StepEnded step
          && step.task().equals(task)) {
        die();
      }
    }

    private JournalEntry after(JournalEntry entry) {
      if (when.equals("record:" + records.incrementAndGet())) {
        die();
      }
      switch (entry.event()) {
        case RunEvent.StepStarted step when step.task().equals(task) -> {
          if (when.equals("start")) {
            die();
          }
          if (when.equals("receipt")) {
            Thread.ofPlatform().daemon().start(this::dieOnReceipt);
          }
        }
        case RunEvent.StepEnded step when step.task().equals(task) && when.equals("end") -> die();
        default -> {}
      }
      return entry;
    }

    private void dieOnReceipt() {
      while (true) {
        try (Stream<Path> files = Files.walk(state)) {
          if (files.anyMatch(file -> file.endsWith("exit"))) {
            die();
          }
          Thread.sleep(2);
        } catch (IOException | java.io.UncheckedIOException comesAndGoes) {
          // Files of the job appear while they are looked at.
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private static void die() {
      try {
        new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start();
        Thread.sleep(60_000);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      journal.close();
    }
  }
}
