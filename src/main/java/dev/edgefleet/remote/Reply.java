package dev.edgefleet.remote;

import java.util.Map;

/**
 * What an operation's script answered.
 *
 * @param values the named values it printed, unescaped, in order
 * @param body raw bytes after the values: a file's content, a command's standard output
 * @param errors what came on standard error
 */
public record Reply(Map<String, String> values, byte[] body, byte[] errors) {}
