package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.filter.HashFilters;
import dev.edgefleet.jinja.value.JinjaValues;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * MT19937, seeded as Python seeds it: {@code random(seed=inventory_hostname)} has to choose for a
 * device what it always chose.
 */
public final class MersenneTwister {
  private static final int SIZE = 624;
  private final int[] state = new int[SIZE];
  private int index = SIZE;

  private MersenneTwister(int[] key) {
    state[0] = 19650218;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
    int i = 1;
    int j = 0;
    for (int k = Math.max(SIZE, key.length); k > 0; k--) {
      state[i] = (state[i] ^ (mixed(i) * 1664525)) + key[j] + j;
      i = next(i);
      j = (j + 1) % key.length;
    }
    for (int k = SIZE - 1; k > 0; k--) {
      state[i] = (state[i] ^ (mixed(i) * 1566083941)) - i;
      i = next(i);
    }
    state[0] = 0x80000000;
  }

  private int mixed(int i) {
    return state[i - 1] ^ (state[i - 1] >>> 30);
  }

  private int next(int i) {
    if (i + 1 < SIZE) {
      return i + 1;
    }
    state[0] = state[SIZE - 1];
    return 1;
  }

  public static MersenneTwister seeded(Object seed) {
    BigInteger number;
    if (seed instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] hash = HashFilters.digest("SHA-512", bytes);
      byte[] both = java.util.Arrays.copyOf(bytes, bytes.length + hash.length);
      System.arraycopy(hash, 0, both, bytes.length, hash.length);
      number = new BigInteger(1, both);
    } else if (Numbers.isInteger(seed) || seed instanceof Boolean) {
      number = Numbers.big(seed).abs();
    } else {
      throw new TemplateError(
          "a seed is " + JinjaValues.kind(seed), "give a text or a whole number");
    }
    int[] key = new int[Math.max(1, (number.bitLength() + 31) / 32)];
    for (int i = 0; i < key.length; i++) {
      key[i] = number.shiftRight(32 * i).intValue();
    }
    return new MersenneTwister(key);
  }

  private int bits(int count) {
    if (index >= SIZE) {
      twist();
    }
    int y = state[index++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> (32 - count);
  }

  private void twist() {
    for (int k = 0; k < SIZE; k++) {
      int y = (state[k] & 0x80000000) | (state[(k + 1) % SIZE] & 0x7fffffff);
      state[k] = state[(k + 397) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
    }
    index = 0;
  }

  /** A number from 0 to below the bound. */
  public int below(int bound) {
    int count = 32 - Integer.numberOfLeadingZeros(bound);
    int number = bits(count);
    while (number < 0 || number >= bound) {
      number = bits(count);
    }
    return number;
  }
}
