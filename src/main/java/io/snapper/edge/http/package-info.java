/** What holds for everything that is answered over HTTP. */
package io.snapper.edge.http;
