package dev.edgefleet.lab.adversary;

/** Something that an unprivileged user must not be able to bring about. */
record Harm(Kind kind, String what) {
  enum Kind {
    /** A program of the adversary's ran as root. */
    RAN,
    /** A file of root's has other content, another owner, mode or number of links. */
    CHANGED,
    /** Something was made in a directory of root's. */
    MADE,
    /** A file of root's is gone. */
    REMOVED,
    /** What only root may read was told: to the adversary, or in the operation's answer. */
    TOLD
  }
}
