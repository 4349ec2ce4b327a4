package dev.edgefleet.jinja.value;

import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A list that an expression made, and may therefore change. */
public final class MutableList extends ArrayList<@Nullable Object> {
  public MutableList() {}

  public MutableList(Collection<? extends @Nullable Object> items) {
    super(items);
  }
}
