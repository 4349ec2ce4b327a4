package dev.edgefleet.secret;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Where secrets come from that are too short to be masked, and who is told. */
final class Unmaskable {
  private final Set<String> origins = new LinkedHashSet<>();
  private final List<Consumer<String>> told = new ArrayList<>();

  void add(String origin) {
    List<Consumer<String>> now;
    synchronized (this) {
      if (!origins.add(origin)) {
        return;
      }
      now = List.copyOf(told);
    }
    now.forEach(one -> one.accept(origin));
  }

  void tell(Consumer<String> one) {
    List<String> before;
    synchronized (this) {
      told.add(one);
      before = List.copyOf(origins);
    }
    before.forEach(one);
  }
}
