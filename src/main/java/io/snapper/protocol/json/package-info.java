/**
 * JSON text below any protocol: quoting and unquoting of strings, the strict check that a text is
 * JSON, and a cursor that cuts exact slices out of checked text. May import the JDK and
 * jakarta.json only. Knows no JSON-RPC, no Engine.IO; builds no trees.
 */
package io.snapper.protocol.json;
