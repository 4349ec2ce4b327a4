/** Jinja as Ansible evaluates it. Knows nothing of devices: values, places in files and taint. */
@NullMarked
package dev.edgefleet.jinja;

import org.jspecify.annotations.NullMarked;
