"use strict";
/** What the scenarios beside this file are written with. */
module.exports = {
  ...require("./lib/runner"),
  ...require("./lib/tokens"),
  ...require("./lib/clients"),
  ...require("./lib/raw"),
};
