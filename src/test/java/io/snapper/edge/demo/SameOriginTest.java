package io.snapper.edge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "same-origin, https://other.example, demo.example, true",
        "same-site, https://demo.example, demo.example, false",
        "cross-site, -, demo.example, false",
        "-, -, demo.example:8080, true",
        "-, http://demo.example:8080, demo.example:8080, true",
        "-, https://Demo.example, demo.EXAMPLE, true",
        "-, http://[::1]:8080, [::1]:8080, true",
        "-, http://demo.example:8081, demo.example:8080, false",
        "-, http://other.example, demo.example, false",
        "-, null, demo.example, false",
        "-, http://demo.example, -, false"
      })
  void shouldHearOwnPagesOnly(String fetchSite, String origin, String host, boolean isAllowed) {
    assertThat(SameOrigin.allows(fetchSite, origin, host)).isEqualTo(isAllowed);
  }
}
