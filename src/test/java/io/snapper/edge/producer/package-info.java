/** Tests of the producers' TCP edge, with a broker that answers when a test says so. */
package io.snapper.edge.producer;
