package dev.edgefleet.playbook;

import java.util.Optional;

/**
 * How many devices may fail; either breaks it.
 *
 * @param devices {@code max_failures}, from 0
 * @param percent {@code max_fail_percentage}, 0 to 100
 */
public record FailureLimits(Optional<Integer> devices, Optional<Double> percent) {}
