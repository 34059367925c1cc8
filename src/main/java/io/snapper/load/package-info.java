/**
 * A load tool: many consumers and some producers from few threads, which check what they receive
 * and report rates, latencies, and the CPU and memory of the servers' processes.
 *
 * <p>A program of its own ({@code target/snapper-load.jar}), not in the WAR. Imports the JDK and
 * HdrHistogram only: it knows the broker by its wire protocols, as any client does.
 */
package io.snapper.load;
