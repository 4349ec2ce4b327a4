package dev.edgefleet.jinja.value;

import dev.edgefleet.jinja.TemplateError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives its values in turn, over and over. */
public final class Cycler {
  private final List<? extends @Nullable Object> values;
  private int at;

  public Cycler(List<? extends @Nullable Object> values) {
    if (values.isEmpty()) {
      throw new TemplateError("cycler() has nothing to choose from", "give it values");
    }
    this.values = values;
  }

  public @Nullable Object member(String name) {
    return switch (name) {
      case "current" -> values.get(at);
      case "next" ->
          (Callable)
              arguments -> {
                Object current = values.get(at);
                at = (at + 1) % values.size();
                return current;
              };
      case "reset" ->
          (Callable)
              arguments -> {
                at = 0;
                return null;
              };
      default -> Undefined.named("cycler." + name);
    };
  }
}
