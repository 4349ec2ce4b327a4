package dev.edgefleet.playbook.parameter;

/**
 * Permission bits of a file.
 *
 * @param octal four octal digits, such as {@code 0644}
 */
public record FileMode(String octal) {}
