package dev.edgefleet.run;

import dev.edgefleet.inventory.HostPattern;
import java.util.Optional;

/**
 * How to go on with a run.
 *
 * @param words the command line that asks for it
 * @param done devices whose step in doubt was done
 * @param repeat devices whose step in doubt is to be done again
 * @param acceptChanges whether files that changed since the run began are fine
 * @param breakLock whether devices are taken over that another run holds
 * @param detach whether the process ends where it has to wait
 * @param approve whether everything is approved beforehand
 */
public record Resumption(
    TypedCommandLine words,
    Optional<HostPattern> done,
    Optional<HostPattern> repeat,
    boolean acceptChanges,
    boolean breakLock,
    boolean detach,
    boolean approve) {}
