package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks for a set of devices.
 *
 * @param number from 1
 * @param name its name, or its host pattern when it has none
 * @param hosts host pattern
 * @param variables may hold Jinja
 */
public record Play(
    Place place,
    int number,
    String name,
    String hosts,
    Place hostsPlace,
    Map<String, @Nullable Object> variables,
    BecomeWords become,
    Set<String> tags,
    List<Task> tasks) {}
