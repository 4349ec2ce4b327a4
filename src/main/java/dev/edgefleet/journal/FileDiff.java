package dev.edgefleet.journal;

/** One file's change. */
@Meaning("One file's change as a unified diff, secrets masked.")
public record FileDiff(
    @Meaning("On the device.") String path,
    @Meaning("The diff's text, each line with its line feed.") String unified) {}
