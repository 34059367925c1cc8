/** What the tests of all codecs share: vectors made by the published clients, texts of any kind. */
package io.snapper.protocol;
