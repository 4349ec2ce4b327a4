package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import java.util.List;
import java.util.Set;

/** {@code meta}: something for the run itself to do. */
public record Meta(Place place, String path, Kind kind, List<Condition> when, Set<String> tags)
    implements Item {
  /** What to do; the names are the playbook's words in upper case. */
  public enum Kind {
    /** Run the notified handlers now. */
    FLUSH_HANDLERS,
    /** This device is done with the play. */
    END_HOST,
    /** Connect anew. */
    RESET_CONNECTION,
    /** Nothing. */
    NOOP
  }
}
