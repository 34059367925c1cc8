/**
 * Tests of the load tool's parts; that it runs against real servers is held by the bench profile.
 */
package io.snapper.load;
