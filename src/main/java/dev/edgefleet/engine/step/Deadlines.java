package dev.edgefleet.engine.step;

import java.time.Duration;

/**
 * @param step longest that one operation on one device may take
 * @param run longest that the whole run may take; no step starts after it
 */
public record Deadlines(Duration step, Duration run) {}
