/**
 * The statistics at {@code GET /stats}, in the form that the dashboards of old installations read.
 *
 * <p>Imports core and config. Nothing is counted here.
 */
package io.snapper.edge.stats;
