package dev.edgefleet.engine.check;

import dev.edgefleet.engine.step.MagicVariables;
import dev.edgefleet.failure.BadInput;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A layer of variables that hides what a run sets on the way: an expression that looks at one of
 * them ends, also where it has a default for what is not defined.
 */
final class KnownOnlyOnTheWay extends AbstractMap<String, Supplier<@Nullable Object>> {
  private final Set<String> set;
  private final List<Map<String, @Nullable Object>> defined;

  /**
   * @param set names of registered results and facts that tasks set
   * @param defined what the operator wrote: whatever else begins as facts do may be one
   */
  KnownOnlyOnTheWay(Set<String> set, List<Map<String, @Nullable Object>> defined) {
    this.set = set;
    this.defined = defined;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String name
        && (set.contains(name)
            || ((name.startsWith("ansible_") || MagicVariables.NAMES.contains(name))
                && defined.stream().noneMatch(layer -> layer.containsKey(name))));
  }

  @Override
  public @Nullable Supplier<@Nullable Object> get(@Nullable Object key) {
    return containsKey(key) ? KnownOnlyOnTheWay::unknown : null;
  }

  private static @Nullable Object unknown() {
    throw new BadInput("a variable is known only on the way", "");
  }

  @Override
  public Set<Map.Entry<String, Supplier<@Nullable Object>>> entrySet() {
    return Set.of();
  }
}
