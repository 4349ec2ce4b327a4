/** What runs on a device: its modules, its daemon and their versions. */
@NullMarked
package dev.edgefleet.edge.module;

import org.jspecify.annotations.NullMarked;
