package dev.edgefleet.simulator.winrm;

import java.nio.file.Path;

/**
 * The key by which a service knows tickets that are for it.
 *
 * @param principal such as {@code HTTP/localhost@EXAMPLE.ORG}
 * @param keytab file that holds its key
 */
public record ServiceKey(String principal, Path keytab) {}
