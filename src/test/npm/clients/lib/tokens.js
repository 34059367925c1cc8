"use strict";
/** Makes tokens as an operator's back end does, and as nobody should. */
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const HOUR_S = 3600;
const OBJECT_ID = /^[0-9a-f]{24}$/;

const base64url = (value) => Buffer.from(value).toString("base64url");
const now = () => Math.floor(Date.now() / 1000);
const inAnHour = () => now() + HOUR_S;

/** Returns a userId of the old form that no other test has. */
const newUser = () => crypto.randomBytes(12).toString("hex");

/** Returns a name that no other test has. */
const newName = (kind) => `${kind}-${crypto.randomBytes(6).toString("hex")}`;

function hs256(claims, secret, header = { alg: "HS256", typ: "JWT" }) {
  const text = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  return `${text}.${crypto.createHmac("sha256", secret).update(text).digest("base64url")}`;
}

/** Returns a consumer's token; claims override the usual ones, undefined leaves one out. */
function consumerToken(node, claims) {
  return hs256({ exp: inAnHour(), source: "web", ...claims }, node.secrets[0]);
}

const producerToken = (node, claims) =>
  hs256({ id: "tests", exp: inAnHour(), ...claims }, node.secrets[0]);

const statisticsToken = (node) => hs256({ name: "snapper", exp: inAnHour() }, node.secrets[0]);

/**
 * Returns a token of the HTTP API, signed with the node's own private key; more claims override the
 * usual ones.
 */
function httpToken(node, more = {}) {
  const key = crypto.createPrivateKey(fs.readFileSync(path.join(node.data, "http-key.pem")));
  const isRsa = key.asymmetricKeyType === "rsa";
  const header = { alg: isRsa ? "RS256" : "ES256", typ: "JWT" };
  const claims = {
    iss: "snapper",
    sub: "tests",
    upn: "tests",
    groups: ["producer", "admin"],
    iat: now(),
    exp: inAnHour(),
    jti: crypto.randomUUID(),
    ...more,
  };
  const text = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  const signature = crypto.sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });
  return `${text}.${signature.toString("base64url")}`;
}

/** Returns the tokens that must be refused, by what is wrong with them; `exp` doesn't matter. */
function badTokens(node, { exp, ...claims }) {
  const secret = node.secrets[0];
  const good = hs256({ exp: inAnHour(), ...claims }, secret);
  const [header, payload, signature] = good.split(".");
  const none = base64url(JSON.stringify({ alg: "none", typ: "JWT" }));
  const other = base64url(JSON.stringify({ exp: inAnHour() + 1, ...claims }));
  const flipped = (signature[0] === "A" ? "B" : "A") + signature.slice(1);
  return {
    "no token": undefined,
    "an empty token": "",
    "no JWT": "hello",
    "an expired token": hs256({ ...claims, exp: now() - 10 }, secret),
    "a token without exp": hs256(claims, secret),
    "a foreign secret": hs256({ exp: inAnHour(), ...claims }, "somebody else's secret"),
    "alg none": `${none}.${payload}.`,
    "alg none with a signature": `${none}.${payload}.${signature}`,
    "alg HS512 in the header": hs256({ exp: inAnHour(), ...claims }, secret, { alg: "HS512" }),
    "a changed payload": `${header}.${other}.${signature}`,
    "a changed signature": `${header}.${payload}.${flipped}`,
    "a cut signature": good.slice(0, -4),
  };
}

/** Returns the consumerId of a token with these claims, whose userId has the old form. */
function consumerIdOf({ userId, exp, source }) {
  if (!OBJECT_ID.test(userId)) {
    throw new Error(`no userId of the old form: ${userId}`);
  }
  const end = exp.toString(16);
  const bytes = Buffer.from(userId + (end.length % 2 === 0 ? end : `0${end}`), "hex");
  const kind = { a: "a", i: "i" }[(source || "").slice(0, 1).toLowerCase()] || "t";
  const text = bytes.toString("base64");
  return `${kind}.${text.replaceAll("/", "_").replaceAll("+", "-").replaceAll("=", "~")}`;
}

module.exports = {
  now,
  inAnHour,
  newUser,
  newName,
  hs256,
  consumerToken,
  producerToken,
  statisticsToken,
  httpToken,
  badTokens,
  consumerIdOf,
};
