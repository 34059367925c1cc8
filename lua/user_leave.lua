-- Removes a user's connection if it is still that claim's.
--
-- KEYS  1 user  hash consumerId -> '<node>\t<kind of device>\t<fence>\t<since, ms>'
-- ARGV  1 consumer
--       2 fence of the claim
-- returns the number of connections left, or -1 if nothing was removed
local user_key = KEYS[1]
local consumer, fence = ARGV[1], ARGV[2]

local connection = redis.call('HGET', user_key, consumer)
if not connection or string.match(connection, '^[^\t]*\t[^\t]*\t(%d+)') ~= fence then
  return -1
end
redis.call('HDEL', user_key, consumer)
return redis.call('HLEN', user_key)
