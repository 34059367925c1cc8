package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFilterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/rooms/a",
        "/a%2Fb",
        "/%F0%9F%98%80",
        "/a%3Bb",
        "/a%25zz",
        "/\u00e9%C3%A9"
      })
  void shouldLetThrough(String path) {
    assertThat(AddressFilter.fault(path, null)).isNull();
    assertThat(AddressFilter.fault("/", path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%", "/a%2", "/a%zz", "/%ff", "/%C3", "/%C3a%A9", "/%ED%A0%80", "/%+1"})
  void shouldRefuseBrokenEscapes(String path) {
    assertThat(AddressFilter.fault(path, null)).contains("path");
    assertThat(AddressFilter.fault("/", path)).contains("query");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rooms/a;b", ";"})
  void shouldRefuseABareSemicolonInThePath(String path) {
    assertThat(AddressFilter.fault(path, null)).contains("%3B");
    assertThat(AddressFilter.fault("/", path)).isNull();
  }
}
