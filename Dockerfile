# syntax=docker/dockerfile:1
# docker build -t snapper .
# docker run -p 8080:8080 -p 7700:7700 -e SNAPPER_REDIS_ADDRESS=redis://redis:6379 -v snapper:/var/lib/snapper snapper

FROM eclipse-temurin:17-jdk-jammy AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY lua lua
COPY server-config server-config
COPY src src
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -Dmaven.test.skip=true -Dspotless.check.skip=true package

FROM eclipse-temurin:17-jre-jammy
RUN groupadd --system --gid 7700 snapper \
 && useradd --system --uid 7700 --gid snapper --home-dir /var/lib/snapper --create-home \
      --shell /usr/sbin/nologin snapper
COPY --from=build /build/target/snapper.jar /opt/snapper/snapper.jar
USER snapper
WORKDIR /var/lib/snapper

# SNAPPER_REDIS_ADDRESS names the Redis, such as redis://redis:6379; several, comma-separated, are a cluster.
# The volume holds the secrets and keys that the first start makes, unless they are given.
ENV SNAPPER_DATA_DIR=/var/lib/snapper \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"
VOLUME /var/lib/snapper
EXPOSE 8080 7700
# Not /ready: a node that waits for Redis or drains must not be restarted for that.
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "-jar", "/opt/snapper/snapper.jar"]
CMD ["--port", "8080"]
