/** An unprivileged user of a device who wants to be root, and what shows whether it got there. */
@NullMarked
package dev.edgefleet.lab.adversary;

import org.jspecify.annotations.NullMarked;
