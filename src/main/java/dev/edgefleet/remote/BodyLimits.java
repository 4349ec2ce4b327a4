package dev.edgefleet.remote;

/**
 * How much an operation's body may be.
 *
 * @param keep most bytes that are kept; of a larger body its beginning
 * @param most bytes after which the device is told to stop, and the operation failed
 */
public record BodyLimits(long keep, long most) {
  private static final long MEBIBYTE = 1L << 20;

  /** What a program prints: a mebibyte is kept, and 64 are let pass. */
  public static final BodyLimits OUTPUT = new BodyLimits(MEBIBYTE, 64 * MEBIBYTE);

  /** What an operation says that returns no content. */
  public static final BodyLimits SMALL = new BodyLimits(MEBIBYTE, MEBIBYTE);

  /** All of it, up to so many bytes. */
  public static BodyLimits whole(long bytes) {
    return new BodyLimits(bytes, bytes);
  }
}
