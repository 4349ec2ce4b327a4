package dev.edgefleet.remote.wire;

import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.transport.Deadline;

/**
 * The way of operations to one device and of their answers back: one operation after the other,
 * each in one round trip. There is one for POSIX shells and one for PowerShell. Used by one thread
 * at a time.
 */
public interface Wire extends AutoCloseable {
  /**
   * Has the device perform an operation.
   *
   * @param header who asks
   * @param deadline of the whole exchange
   * @param share holds the answer
   * @return what the script answered, be it that it failed
   * @throws dev.edgefleet.failure.Failure when it gave no answer, or none that can be used
   */
  Reply perform(
      Operation<?> operation, OperationHeader header, Deadline deadline, AnswerBudget.Share share);

  /** Whether it keeps a session of the device busy between two operations. */
  boolean holdsSession();

  /** The connection is about to be closed: what serves on the device ends by itself. */
  void finish();

  /** Ends what serves on the device; the connection stays. */
  @Override
  void close();
}
