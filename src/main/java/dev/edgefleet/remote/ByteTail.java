package dev.edgefleet.remote;

/** The last bytes of a stream that may be endless. */
final class ByteTail {
  private final int limit;
  private byte[] bytes = new byte[1024];
  private int start;
  private int size;

  /**
   * @param limit most bytes to keep
   */
  ByteTail(int limit) {
    this.limit = limit;
  }

  void add(byte b) {
    if (size == bytes.length && size < limit) {
      byte[] larger = new byte[Math.min(limit, size * 2)];
      System.arraycopy(toBytes(), 0, larger, 0, size);
      bytes = larger;
      start = 0;
    }
    if (size < bytes.length) {
      bytes[(start + size) % bytes.length] = b;
      size++;
    } else {
      bytes[start] = b;
      start = (start + 1) % bytes.length;
    }
  }

  void dropLast(int count) {
    size = Math.max(0, size - count);
  }

  byte[] toBytes() {
    byte[] result = new byte[size];
    int first = Math.min(size, bytes.length - start);
    System.arraycopy(bytes, start, result, 0, first);
    System.arraycopy(bytes, 0, result, first, size - first);
    return result;
  }
}
