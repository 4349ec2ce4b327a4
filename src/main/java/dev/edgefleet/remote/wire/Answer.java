package dev.edgefleet.remote.wire;

import java.util.Map;

/**
 * What came on standard output between {@code begin} and {@code end}.
 *
 * @param values unescaped, in order
 * @param body raw, as much of it as is kept; empty when there was none
 * @param bodySize how many bytes came
 * @param status 0 success, 1 a failure the values explain
 */
public record Answer(Map<String, String> values, byte[] body, long bodySize, int status) {
  /** Most bytes before a frame: what a start-up file prints, or a program that was left running. */
  public static final int NOISE_LIMIT = 8 << 20;

  /** Of a value: the line, its text, and what it says once decoded, with two bytes a character. */
  public static final int VALUES_TIMES_HELD = 4;
}
