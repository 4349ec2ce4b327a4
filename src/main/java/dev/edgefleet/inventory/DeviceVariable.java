package dev.edgefleet.inventory;

import dev.edgefleet.failure.Place;
import org.jspecify.annotations.Nullable;

/**
 * One of a device's variables and where its value is from.
 *
 * @param value as in {@link Device#variables()}
 * @param owner what set it: {@code device edge01} or {@code group plant_a}
 * @param place where it was written; for an inventory script the line of what it printed
 */
public record DeviceVariable(String name, @Nullable Object value, String owner, Place place) {}
