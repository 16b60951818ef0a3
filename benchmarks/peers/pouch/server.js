// express-pouchdb on LevelDB with the fewest parts that PouchDB needs: node server.js FOLDER PORT
'use strict';

const [folder, port] = process.argv.slice(2);
const express = require('express');
const PouchDB = require('pouchdb').defaults({ prefix: `${folder}/` });

const app = express();
// Packing answers is left out: no client here asks for it, and nobody else on this page packs.
const served = require('express-pouchdb')(PouchDB, {
  mode: 'minimumForPouchDB',
  overrideMode: { exclude: ['compression'] },
});
app.use('/', served);
app.listen(Number(port), '127.0.0.1');
