package dev.edgefleet.jinja.value;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Relations;
import dev.edgefleet.jinja.TemplateError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code loop} stands for inside {@code {% for %}}. */
public final class LoopVariable implements Callable {
  private final List<? extends @Nullable Object> items;
  private final int depth;
  private final Optional<Callable> again;
  private int index;
  private Optional<Tuple> lastChanged = Optional.empty();

  /**
   * @param again what {@code loop(...)} does, in a recursive loop
   */
  public LoopVariable(List<? extends @Nullable Object> items, int depth, Optional<Callable> again) {
    this.items = items;
    this.depth = depth;
    this.again = again;
  }

  public void at(int position) {
    index = position;
  }

  public @Nullable Object member(String name) {
    return switch (name) {
      case "index" -> index + 1L;
      case "index0" -> (long) index;
      case "revindex" -> (long) items.size() - index;
      case "revindex0" -> items.size() - index - 1L;
      case "first" -> index == 0;
      case "last" -> index == items.size() - 1;
      case "length" -> (long) items.size();
      case "depth" -> depth + 1L;
      case "depth0" -> (long) depth;
      case "previtem" -> neighbour(index - 1, "there is no previous item");
      case "nextitem" -> neighbour(index + 1, "there is no next item");
      case "cycle" -> (Callable) this::cycle;
      case "changed" -> (Callable) this::changed;
      default -> Undefined.named("loop." + name);
    };
  }

  private @Nullable Object neighbour(int position, String otherwise) {
    return position < 0 || position >= items.size()
        ? Undefined.because(otherwise)
        : items.get(position);
  }

  private @Nullable Object cycle(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new TemplateError("loop.cycle() has nothing to choose from", "give it values");
    }
    return arguments.positional().get(index % arguments.positional().size());
  }

  private Object changed(Arguments arguments) {
    Tuple now = Tuple.of(arguments.positional());
    boolean changed = lastChanged.map(last -> !Relations.equal(last, now)).orElse(true);
    lastChanged = Optional.of(now);
    return changed;
  }

  @Override
  public @Nullable Object call(Arguments arguments) {
    return again
        .orElseThrow(
            () ->
                new TemplateError(
                    "loop() is called in a loop that is not recursive",
                    "add 'recursive' to its {% for %}"))
        .call(arguments);
  }
}
