-- Shortens the life of a mailbox that nobody owns.
--
-- KEYS  1 consumer  hash
-- ARGV  1 user that it must belong to
--       2 life from now on, ms; a shorter one stays
-- returns 1 if it is the user's and nobody owns it, else 0
local consumer_key = KEYS[1]
local user, life_ms = ARGV[1], ARGV[2]

local fields = redis.call('HMGET', consumer_key, 'user', 'node')
if fields[1] ~= user or fields[2] then
  return 0
end
redis.call('PEXPIRE', consumer_key, life_ms, 'LT')
return 1
