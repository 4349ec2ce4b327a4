package dev.edgefleet.remote;

import java.util.Map;

/**
 * What came on standard output between {@code begin} and {@code end}.
 *
 * @param values unescaped, in order
 * @param body raw; empty when there was none
 * @param status 0 success, 1 a failure the values explain
 */
record Answer(Map<String, String> values, byte[] body, int status) {}
