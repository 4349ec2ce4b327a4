package dev.edgefleet.jinja;

import dev.edgefleet.jinja.python.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which values were seen, where 1, 1.0 and true are one and lists may be members. */
public final class Membership {
  private final Set<Object> plain = new HashSet<>();
  private final List<@Nullable Object> others = new ArrayList<>();

  /** False when it was there already. */
  public boolean add(@Nullable Object value) {
    if (contains(value)) {
      return false;
    }
    key(value).ifPresentOrElse(plain::add, () -> others.add(value));
    return true;
  }

  public boolean contains(@Nullable Object value) {
    return key(value)
        .map(plain::contains)
        .orElseGet(() -> others.stream().anyMatch(one -> Relations.equal(one, value)));
  }

  private static Optional<Object> key(@Nullable Object value) {
    return switch (value) {
      case String text -> Optional.of(text);
      case Boolean truth -> Optional.of(truth ? BigDecimal.ONE : BigDecimal.ZERO);
      case Double real when real.isNaN() || real.isInfinite() -> Optional.of(real);
      case Double real -> Optional.of(new BigDecimal(real).stripTrailingZeros());
      case Number number -> Optional.of(new BigDecimal(Numbers.big(number)).stripTrailingZeros());
      case null, default -> Optional.empty();
    };
  }
}
