/** YAML as Ansible reads it (YAML 1.1 scalars), with the place of every word. */
@NullMarked
package dev.edgefleet.yaml;

import org.jspecify.annotations.NullMarked;
