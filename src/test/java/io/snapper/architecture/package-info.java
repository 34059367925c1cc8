/**
 * Holds the rules of the layout: who may import whom, and what each package must have.
 *
 * <p>Reads the compiled main classes; imports ArchUnit and nothing of Snapper.
 */
package io.snapper.architecture;
