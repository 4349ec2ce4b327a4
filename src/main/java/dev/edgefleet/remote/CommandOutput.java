package dev.edgefleet.remote;

/**
 * What a command left behind.
 *
 * @param exitCode 128 + n when signal n ended it; 0 when it was skipped
 * @param stdout all of its standard output, read as UTF-8
 * @param stderr the last mebibyte of its standard error, read as UTF-8
 * @param skipped true when {@code creates} or {@code removes} made it unnecessary
 */
public record CommandOutput(int exitCode, String stdout, String stderr, boolean skipped) {}
