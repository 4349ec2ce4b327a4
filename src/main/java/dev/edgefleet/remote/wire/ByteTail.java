package dev.edgefleet.remote.wire;

/** The last bytes of a stream that may be endless. */
public final class ByteTail {
  private final int limit;
  private byte[] bytes = new byte[1024];
  private int start;
  private int size;

  /**
   * @param limit most bytes to keep
   */
  public ByteTail(int limit) {
    this.limit = limit;
  }

  public void add(byte b) {
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

  public void dropLast(int count) {
    size = Math.max(0, size - count);
  }

  public byte[] toBytes() {
    byte[] result = new byte[size];
    int first = Math.min(size, bytes.length - start);
    System.arraycopy(bytes, start, result, 0, first);
    System.arraycopy(bytes, 0, result, first, size - first);
    return result;
  }
}
