package dev.edgefleet.run;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalQuery;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.run.recorded.RunJournal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The devices on which plays of a run have no more to do. */
record DevicesDone(Set<OfPlay> devices) {
  static final DevicesDone NONE = new DevicesDone(Set.of());

  /**
   * @param play its number
   */
  record OfPlay(int play, String device) {}

  /**
   * @throws dev.edgefleet.failure.BadInput when its journal cannot be read
   */
  static DevicesDone of(RunDirectory directory) {
    return RunJournal.reading(
        directory.path(),
        () ->
            new DevicesDone(
                JournalQuery.framed(directory.path(), List.of("device_ended")).stream()
                    .flatMap(DevicesDone::ended)
                    .collect(Collectors.toUnmodifiableSet())));
  }

  private static Stream<OfPlay> ended(JournalEntry entry) {
    return entry.event() instanceof RunEvent.DeviceEnded ended
        ? Stream.of(new OfPlay(ended.play(), ended.device()))
        : Stream.empty();
  }

  boolean has(Play play, Device device) {
    return devices.contains(new OfPlay(play.number(), device.name()));
  }
}
