package dev.edgefleet.inventory;

import java.nio.file.Path;
import java.util.List;

/**
 * What an inventory was made from.
 *
 * @param files every file that was read, scripts and variable files included, each once
 * @param ignored files in inventory directories that were left out because of their extension
 * @param unmatched entries of {@code group_vars} and {@code host_vars} directories that are named
 *     like no group and no device
 */
public record InventorySources(List<Path> files, List<Path> ignored, List<Path> unmatched) {}
