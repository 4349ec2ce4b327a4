package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import java.util.List;

/**
 * Tasks that belong together. Words of the block ({@code when}, {@code become}, {@code vars} …)
 * already are in its tasks. Imported tasks are a block without {@code rescue} and {@code always}.
 *
 * @param name empty when it has none
 * @param rescue run when one of {@code tasks} fails; the device then goes on as if it had not
 * @param always run in any case
 */
public record Block(
    Place place, String path, String name, List<Item> tasks, List<Item> rescue, List<Item> always)
    implements Item {}
