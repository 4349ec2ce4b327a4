package dev.edgefleet.simulator.windows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Ends an operation with the word for what is wrong, as the scripts do. */
public final class OperationFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String word;

  public OperationFailed(String word, String detail) {
    super(detail);
    this.word = word;
  }

  public static OperationFailed of(IOException e) {
    String detail = String.valueOf(e.getMessage());
    return switch (e) {
      case NoSuchFileException missing -> new OperationFailed("no-folder", detail);
      case AccessDeniedException denied -> new OperationFailed("not-permitted", detail);
      case DirectoryNotEmptyException full -> new OperationFailed("not-empty", detail);
      case NotDirectoryException file -> new OperationFailed("not-a-directory", detail);
      default -> new OperationFailed("failed", detail);
    };
  }

  public String word() {
    return word;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
