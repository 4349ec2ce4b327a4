package dev.edgefleet.remote.sh;

import java.util.Map;

/**
 * What came on standard output between {@code begin} and {@code end}.
 *
 * @param values unescaped, in order
 * @param body raw, as much of it as is kept; empty when there was none
 * @param bodySize how many bytes came
 * @param status 0 success, 1 a failure the values explain
 */
public record ShAnswer(Map<String, String> values, byte[] body, long bodySize, int status) {}
