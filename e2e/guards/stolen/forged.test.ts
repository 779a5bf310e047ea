/** X16: what is forged in the database. One service for all of it, which ends with this file. */
import './forged-ways.ts'
import './forged-links.ts'
