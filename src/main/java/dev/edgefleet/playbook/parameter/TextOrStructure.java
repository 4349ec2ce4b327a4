package dev.edgefleet.playbook.parameter;

/**
 * A text, or a list or mapping that becomes JSON.
 *
 * @param value a {@code String}, {@code List} or {@code Map}
 */
public record TextOrStructure(Object value) {}
