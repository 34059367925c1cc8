/**
 * What a node does as a whole: it receives pushes and notices lost ones, keeps its lease, and
 * cleans up after dead nodes.
 *
 * <p>Imports the JDK and other core packages. Nothing about single messages or connections is here.
 */
package io.snapper.core.node;
