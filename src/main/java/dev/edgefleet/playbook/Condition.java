package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;

/**
 * A bare Jinja expression, or a plain true or false.
 *
 * @param expression a {@code String} or a {@code Boolean}
 */
public record Condition(Place place, Object expression) {}
