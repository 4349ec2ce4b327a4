package dev.edgefleet.cli;

import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.resume.ResumeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The program, that is killed with SIGKILL: when each of the devices that are named has got to its
 * point, or after its process has written so many records.
 */
public final class Victim {
  private static final String BEGIN = "--";

  private Victim() {}

  /**
   * @param words {@link KillOrder#word}s or a number of records, then {@code --}, then those of
   *     edgefleet
   */
  public static void main(String[] words) {
    int begin = Arrays.asList(words).indexOf(BEGIN);
    List<String> orders = Arrays.asList(words).subList(0, begin);
    Edgefleet program = new Edgefleet(journal -> new Killing(journal, orders));
    System.exit(
        Edgefleet.commandLine(program).execute(Arrays.copyOfRange(words, begin + 1, words.length)));
  }

  /** The classes it is made of. */
  public static List<Class<?>> parts() {
    return List.of(Victim.class, Killing.class, KillOrder.class, KillOrder.Point.class);
  }

  private static final class Killing implements Journal {
    private final Journal journal;
    private final List<KillOrder> orders;
    private final Set<KillOrder> reached = new HashSet<>();
    private final int last;
    private final AtomicInteger records = new AtomicInteger();

    Killing(Journal journal, List<String> words) {
      this.journal = journal;
      boolean counts = words.size() == 1 && words.getFirst().matches("[0-9]+");
      this.last = counts ? Integer.parseInt(words.getFirst()) : -1;
      this.orders = counts ? List.of() : words.stream().map(KillOrder::of).toList();
    }

    @Override
    public JournalEntry append(RunEvent event) {
      before(event);
      return after(journal.append(event));
    }

    @Override
    public JournalEntry append(RunEvent event, ResumeRecord kept) {
      before(event);
      return after(journal.append(event, kept));
    }

    private void before(RunEvent event) {
      if (event instanceof RunEvent.StepEnded step) {
        at(step.step().device(), step.task(), KillOrder.Point.EFFECT);
      }
    }

    private JournalEntry after(JournalEntry entry) {
      if (records.incrementAndGet() == last) {
        die();
      }
      switch (entry.event()) {
        case RunEvent.StepStarted step -> {
          at(step.step().device(), step.task(), KillOrder.Point.START);
          awaitReceipt(step.step().device(), step.task());
        }
        case RunEvent.StepEnded step -> at(step.step().device(), step.task(), KillOrder.Point.END);
        default -> {}
      }
      return entry;
    }

    /** Holds the device when this is its point. */
    private void at(String device, String task, KillOrder.Point point) {
      for (KillOrder order : orders) {
        if (order.is(device, task, point)) {
          reach(order);
          hold();
        }
      }
    }

    private void awaitReceipt(String device, String task) {
      for (KillOrder order : orders) {
        if (order.awaitsReceipt(device, task)) {
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    if (receipt(order.state())) {
                      reach(order);
                    }
                  });
        }
      }
    }

    private static boolean receipt(Path state) {
      while (true) {
        try (Stream<Path> files = Files.walk(state)) {
          if (files.anyMatch(file -> file.endsWith("exit"))) {
            return true;
          }
          Thread.sleep(2);
        } catch (IOException | UncheckedIOException comesAndGoes) {
          // Files of the job appear while they are looked at.
        } catch (InterruptedException e) {
          return false;
        }
      }
    }

    private synchronized void reach(KillOrder order) {
      reached.add(order);
      if (reached.size() == orders.size()) {
        die();
      }
    }

    private static void hold() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
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
