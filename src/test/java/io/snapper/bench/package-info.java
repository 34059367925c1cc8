/**
 * Measures single steps with JMH (the classes {@code *Benchmark} of all packages), and the broker
 * on both servers with the load tool, in processes of their own, and writes docs/performance.md.
 * Run by {@code ./mvnw -Pbench}; no test is here.
 */
package io.snapper.bench;
