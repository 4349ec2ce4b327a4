package dev.edgefleet.inventory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One device of the fleet.
 *
 * @param name inventory name
 * @param groups every group it is in, directly or through children, less {@code all}; by name
 * @param variables group and host variables merged, the device's own last; values may hold Jinja
 */
public record Device(String name, List<String> groups, Map<String, @Nullable Object> variables) {}
