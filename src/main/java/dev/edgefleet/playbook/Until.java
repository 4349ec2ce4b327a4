package dev.edgefleet.playbook;

import java.util.List;

/**
 * {@code until}: the task is tried again until all conditions hold of its result.
 *
 * @param conditions empty for "until it does not fail"
 * @param retries how often to try again, a number or Jinja
 * @param delay seconds between two tries, a number or Jinja
 */
public record Until(List<Condition> conditions, Object retries, Object delay) {}
