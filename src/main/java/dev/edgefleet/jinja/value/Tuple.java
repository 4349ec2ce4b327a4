package dev.edgefleet.jinja.value;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list that cannot change and is equal to no list; its members may have names. */
public final class Tuple extends AbstractList<@Nullable Object> {
  private final List<? extends @Nullable Object> items;
  private final List<String> names;

  private Tuple(List<? extends @Nullable Object> items, List<String> names) {
    this.items = items;
    this.names = names;
  }

  public static Tuple of(@Nullable Object... items) {
    return of(java.util.Arrays.asList(items));
  }

  public static Tuple of(List<? extends @Nullable Object> items) {
    return new Tuple(new ArrayList<>(items), List.of());
  }

  public static Tuple named(List<String> names, @Nullable Object... items) {
    return new Tuple(java.util.Arrays.asList(items), names);
  }

  public @Nullable Object member(String name) {
    int index = names.indexOf(name);
    return index < 0 ? Undefined.because("a tuple has no '" + name + "'") : items.get(index);
  }

  @Override
  public @Nullable Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }
}
