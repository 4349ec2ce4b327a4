/** What the program tells of its own language: schemas for editors, the reference of actions. */
@NullMarked
package dev.edgefleet.reference;

import org.jspecify.annotations.NullMarked;
