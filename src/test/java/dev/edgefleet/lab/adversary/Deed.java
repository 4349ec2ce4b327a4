package dev.edgefleet.lab.adversary;

import dev.edgefleet.remote.Operation;
import java.util.Map;

/**
 * Something that an operator has root do in a directory that a lesser user may write to.
 *
 * @param script the operation's name in the frozen scripts
 * @param parameters what those are given
 * @param body what comes after the parameters
 * @param operation the same for this version
 */
record Deed(
    String name,
    String script,
    Map<String, String> parameters,
    byte[] body,
    Operation<?> operation) {}
