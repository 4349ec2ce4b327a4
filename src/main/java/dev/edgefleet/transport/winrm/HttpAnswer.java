package dev.edgefleet.transport.winrm;

import java.util.List;

/**
 * What came back over HTTP.
 *
 * @param schemes ways to log in that the device offers, such as {@code Negotiate}
 */
record HttpAnswer(int status, List<String> schemes, String body) {}
