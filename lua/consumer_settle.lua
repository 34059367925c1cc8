-- Ends the waiting for a handover, so that a late one is refused.
--
-- KEYS  1 consumer  hash
-- ARGV  1 fence of the owner; with another one nothing changes
-- returns the mailbox's fields and values
local consumer_key = KEYS[1]
local fence = ARGV[1]

if redis.call('HGET', consumer_key, 'fence') == fence then
  redis.call('HDEL', consumer_key, 'handover')
end
return redis.call('HGETALL', consumer_key)
