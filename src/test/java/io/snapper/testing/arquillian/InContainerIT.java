package io.snapper.testing.arquillian;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

@ArquillianTest
class InContainerIT {
  /** Something that only a container injects. */
  @ApplicationScoped
  public static class Greeting {
    String to(String name) {
      return "hello " + name;
    }
  }

  @Inject Greeting greeting;

  @Deployment
  static WebArchive archive() {
    return ShrinkWrap.create(WebArchive.class, "smoke.war")
        .addClasses(InContainerIT.class, Greeting.class)
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
  }

  @Test
  void shouldInjectBeansIntoTestsInsideTheServer() {
    assertEquals("hello world", greeting.to("world"));
  }
}
