package dev.edgefleet.secret;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that prints as {@code ***}. It leaves this type only through {@link #reveal()}, so every
 * place where a secret is used can be found by searching for that call.
 */
public final class Secret {
  private final Supplier<String> source;
  private final Optional<String> origin;
  private volatile @Nullable String value;

  private Secret(Supplier<String> source, Optional<String> origin) {
    this.source = source;
    this.origin = origin;
  }

  public static Secret of(String value) {
    return new Secret(() -> value, Optional.empty());
  }

  /**
   * A value that is made when first revealed.
   *
   * @param source may throw a {@code Failure}, which {@link #reveal()} passes on
   */
  public static Secret lazily(Supplier<String> source) {
    return new Secret(source, Optional.empty());
  }

  /**
   * The same value, with what an operator knows it by: a place in a file, the name of a variable.
   */
  public Secret from(String known) {
    return new Secret(this::reveal, Optional.of(known));
  }

  /** What an operator knows it by. */
  public Optional<String> origin() {
    return origin;
  }

  /** The value itself; never for text that leaves the program. */
  public String reveal() {
    String known = value;
    if (known == null) {
      known = source.get();
      value = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.reveal().equals(reveal());
  }

  @Override
  public int hashCode() {
    return reveal().hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
