package dev.edgefleet.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordWrapTest {
  @Test
  void breaksBetweenWordsOnly() {
    assertThat(WordWrap.of("failed edge1: the disk of it is full", 30, 2))
        .containsExactly("failed edge1: the disk of it", "  is full");
  }

  @Test
  void aLongWordHasALineOfItsOwn() {
    assertThat(WordWrap.of("see /a/very/long/path/to/a/file now", 12, 0))
        .containsExactly("see", "/a/very/long/path/to/a/file", "now");
  }

  @Test
  void coloursTakeNoRoom() {
    assertThat(WordWrap.of("\u001b[1mab\u001b[0m cd", 5, 0)).hasSize(1);
  }

  @Test
  void whatFitsStaysAsItIs() {
    assertThat(WordWrap.of("a  b   c", 8, 4)).containsExactly("a  b   c");
  }
}
