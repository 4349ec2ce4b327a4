package dev.edgefleet.inventory;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named set of devices.
 *
 * @param devices names of the devices listed in the group itself
 * @param children names of its child groups
 * @param variables the group's own variables: the inventory's, then those of {@code group_vars}
 * @param priority {@code ansible_group_priority}: of two groups of one depth the higher wins
 */
public record Group(
    String name,
    Set<String> devices,
    Set<String> children,
    Map<String, @Nullable Object> variables,
    int priority) {}
