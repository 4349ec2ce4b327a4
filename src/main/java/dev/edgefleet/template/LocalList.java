package dev.edgefleet.template;

import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A list that an expression made, and may therefore change. */
final class LocalList extends ArrayList<@Nullable Object> {
  LocalList() {}

  LocalList(Collection<? extends @Nullable Object> items) {
    super(items);
  }
}
