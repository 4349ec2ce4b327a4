/**
 * Files on a device: copy, template, file, lineinfile, stat, fetch, and the clearing of backups.
 */
@NullMarked
package dev.edgefleet.action.file;

import org.jspecify.annotations.NullMarked;
